"""Describe what an operation is sent by schemas of their own, so that pydantic models of it can be made."""

from __future__ import annotations

import re
from typing import Any, Final

from openapi_python_client.strings import ClassName

from specloom.spec import Api, Operation
from specloom.spec.api import ParameterLocation
from specloom.spec.vocabulary import is_foreign

# What `schemas.py` imports, or Python has for itself.
TAKEN: Final = frozenset(
    {
        *("Annotated", "Any", "AwareDatetime", "BaseModel", "ConfigDict", "Enum", "Field", "Literal", "Optional"),
        *("RootModel", "StrictBool", "StrictFloat", "StrictInt", "UUID", "Union"),
        *("False", "None", "True"),
    }
)
"""Names that no pydantic model has."""

_COMPONENTS: Final = "/components/schemas/"
# datamodel-code-generator leaves these as they are.
_CLASS: Final = re.compile(r"[A-Z][A-Za-z0-9]*", re.ASCII)
_ENDINGS: Final = ("Body", "Parameters")


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


def request_names(api: Api) -> frozenset[str]:
    """Return the names of all models of what the operations of `api` are sent."""
    return frozenset(name for operation in api.operations for name in _schemas(api, operation))


def request_schemas(api: Api) -> dict[str, dict[str, Any]]:
    """Return an object schema for each model that `parameter_models` and `body_model` name, by that name.

    A body that has a model of its own needs none here. Raises SpecloomError when a schema of a spec written by hand has
    such a name already; that of a foreign one gives way.
    """
    schemas: dict[str, dict[str, Any]] = {}
    for operation in api.operations:
        found = _schemas(api, operation)
        for name in () if is_foreign(api.document) else found:
            if name in api.document.data.get("components", {}).get("schemas", {}):
                raise api.document.error(
                    f"{name} is the name of the model of what {operation.label} is sent",
                    f"/components/schemas/{name}",
                    "give this schema another name",
                )
        schemas |= found
    return schemas


def _schemas(api: Api, operation: Operation) -> dict[str, dict[str, Any]]:
    refer = is_foreign(api.document)
    found = {name: _schema(operation, location, refer=refer) for location, name in parameter_models(operation).items()}
    body, pointer = body_model(operation), _json_body(operation)
    if body is not None and pointer is not None and object_model(api, operation) is None:
        schema = _reference(pointer) if is_foreign(api.document) else api.document.at(pointer)
        found[body] = {"type": "object", "required": ["body"], "properties": {"body": schema}}
    return found


def object_model(api: Api, operation: Operation) -> str | None:
    """Return the name of the pydantic model of the body of `operation`: a component that is an object, and JSON alone.

    None when the body is no such thing.
    """
    pointer = _json_body(operation)
    if pointer is None or operation.body is None or len(operation.body.media_types) > 1:
        return None
    at, schema = api.document.resolve(pointer)
    name = at.removeprefix(_COMPONENTS)
    own = at.startswith(_COMPONENTS) and schema.get("type") == "object" and keeps_name(api, name)
    return name if own else None


def keeps_name(api: Api, schema: str) -> bool:
    """Say whether the pydantic model of a component schema bears the very name of the schema, whatever else there is.

    Otherwise it may get another one: no class can be called so, or the name is one of those that models of what
    operations are sent have.
    """
    is_class = bool(_CLASS.fullmatch(schema)) and schema not in TAKEN
    return is_class and not (is_foreign(api.document) and schema.endswith(_ENDINGS))


def _json_body(operation: Operation) -> str | None:
    """Return where the schema of the body as JSON stands, None when it is never JSON, or without a schema."""
    for each in () if operation.body is None else operation.body.media_types:
        name = each.name.partition(";")[0].strip().lower()
        if name == "application/json" or name.endswith("+json"):
            return each.schema_pointer
    return None


def _schema(operation: Operation, location: ParameterLocation, *, refer: bool) -> dict[str, Any]:
    """Return a schema of the parameters in `location`; with `refer` it refers to theirs, which tells where they are."""
    parameters = [parameter for parameter in operation.parameters if parameter.location == location]
    return {
        "type": "object",
        "description": f"Parameters of {operation.label} in the {location}.",
        "required": [parameter.name for parameter in parameters if parameter.required],
        "properties": {
            each.name: {
                **({"description": each.description} if each.description else {}),
                **(_reference(each.schema_pointer) if refer else each.schema),
            }
            for each in parameters
        },
    }


def _reference(pointer: str) -> dict[str, Any]:
    return {"$ref": "#" + pointer.replace("%", "%25")}
