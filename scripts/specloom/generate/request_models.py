"""Describe what an operation is sent by schemas of their own, so that pydantic models of it can be made."""

from __future__ import annotations

from typing import Any, Final

from openapi_python_client.strings import ClassName

from specloom.spec import Api, Operation
from specloom.spec.api import ParameterLocation

_COMPONENTS: Final = "/components/schemas/"


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


def body_model(operation: Operation) -> str | None:
    """Return the name of the pydantic model in `schemas.py` whose member `body` is the body of `operation`, as JSON.

    It is for bodies that have no model of their own, such as arrays. None when the body is never JSON.
    """
    return None if _json_body(operation) is None else f"{ClassName(operation.id, 'Operation')}Body"


def request_schemas(api: Api) -> dict[str, dict[str, Any]]:
    """Return an object schema for each model that `parameter_models` and `body_model` name, by that name.

    A body that has a model of its own needs none here. Raises SpecloomError when a schema of the spec has such a name
    already.
    """
    schemas: dict[str, dict[str, Any]] = {}
    for operation in api.operations:
        found = {name: _schema(operation, location) for location, name in parameter_models(operation).items()}
        body, pointer = body_model(operation), _json_body(operation)
        if body is not None and pointer is not None and object_model(api, operation) is None:
            found[body] = {"type": "object", "required": ["body"], "properties": {"body": api.document.at(pointer)}}
        for name in found:
            if name in api.document.data.get("components", {}).get("schemas", {}):
                raise api.document.error(
                    f"{name} is the name of the model of what {operation.label} is sent",
                    f"/components/schemas/{name}",
                    "give this schema another name",
                )
        schemas |= found
    return schemas


def object_model(api: Api, operation: Operation) -> str | None:
    """Return the name of the pydantic model of the body of `operation`: a component that is an object, and JSON alone.

    None when the body is no such thing.
    """
    pointer = _json_body(operation)
    if pointer is None or operation.body is None or len(operation.body.media_types) > 1:
        return None
    at, schema = api.document.resolve(pointer)
    return at.removeprefix(_COMPONENTS) if at.startswith(_COMPONENTS) and schema.get("type") == "object" else None


def _json_body(operation: Operation) -> str | None:
    """Return where the schema of the body as JSON stands, None when it is never JSON, or without a schema."""
    for each in () if operation.body is None else operation.body.media_types:
        name = each.name.partition(";")[0].strip().lower()
        if name == "application/json" or name.endswith("+json"):
            return each.schema_pointer
    return None


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
