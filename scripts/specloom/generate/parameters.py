"""Describe the parameters of an operation by schemas of their own, so that pydantic models of them can be made."""

from __future__ import annotations

from typing import Any

from openapi_python_client.strings import ClassName

from specloom.spec import Api, Operation
from specloom.spec.api import ParameterLocation


def parameter_models(operation: Operation) -> dict[ParameterLocation, str]:
    """Return the name of the pydantic model in `schemas.py` of the parameters of `operation` in each location.

    Parameters of operation `cancelOrder` in the query are checked by `schemas.CancelOrderQueryParameters`, those in
    the path by `CancelOrderPathParameters`, and so on; a location without parameters has no model. A model takes the
    values by the names that the parameters have in the spec:
    `CancelOrderQueryParameters.model_validate({"type": "drop", "type_index": 0})`. Times, dates and UUIDs may be given
    as text or as Python's own types. A missing required parameter is refused, an
    unknown name is not.
    """
    start = ClassName(operation.id, "Operation")
    locations = dict.fromkeys(parameter.location for parameter in operation.parameters)
    return {location: f"{start}{location.title()}Parameters" for location in locations}


def parameter_schemas(api: Api) -> dict[str, dict[str, Any]]:
    """Return an object schema for each model that `parameter_models` names, by that name.

    Raises SpecloomError when a schema of the spec has such a name already.
    """
    schemas: dict[str, dict[str, Any]] = {}
    for operation in api.operations:
        for location, name in parameter_models(operation).items():
            if name in api.document.data.get("components", {}).get("schemas", {}):
                raise api.document.error(
                    f"{name} is the name of the model of the parameters of {operation.label}",
                    f"/components/schemas/{name}",
                    "give this schema another name",
                )
            schemas[name] = _schema(operation, location)
    return schemas


def _schema(operation: Operation, location: ParameterLocation) -> dict[str, Any]:
    parameters = [parameter for parameter in operation.parameters if parameter.location == location]
    return {
        "type": "object",
        "description": f"Parameters of {operation.label} in the {location}.",
        "required": [parameter.name for parameter in parameters if parameter.required],
        "properties": {
            each.name: {"description": each.description, **each.schema} if each.description else dict(each.schema)
            for each in parameters
        },
    }
