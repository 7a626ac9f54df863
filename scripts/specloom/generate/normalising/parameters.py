"""Write the parameters of an operation as openapi-python-client can send them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from specloom.generate.normalising.naming import distinct
from specloom.generate.normalising.parts import part
from specloom.generate.normalising.scalars import constants, with_texts
from specloom.generate.normalising.simplifying import Simplifier
from specloom.generate.normalising.unions import flattened, union
from specloom.generate.result import Loss
from specloom.spec import Operation, Parameter

_SCALARS: Final = frozenset({"boolean", "integer", "number", "string"})
_TEXT: Final = {"type": "string"}
_NOT_IN_HEADERS: Final = frozenset({"date", "date-time"})


def parameters(operation: Operation, simplifier: Simplifier) -> tuple[list[dict[str, Any]], dict[tuple[str, str], str]]:
    """Return the parameters, and the names of those that are called otherwise there, by location and new name."""
    renamed: dict[tuple[str, str], str] = {}
    found = []
    for location in ("path", "query", "header", "cookie"):
        own = [each for each in operation.parameters if each.location == location]
        names = distinct(each.name for each in own)
        for each in own:
            name = names[each.name]
            renamed |= {(location, name): each.name} if name != each.name else {}
            found.append(
                {
                    "name": name,
                    "in": location,
                    "required": each.required or location == "path",
                    "schema": _schema(each, simplifier),
                }
            )
    return found, renamed


def _schema(parameter: Parameter, simplifier: Simplifier) -> dict[str, Any]:
    reason = ""
    if "content" in simplifier.at(parameter.pointer):
        schema, reason = _TEXT, "it is written as JSON in a parameter: its text is taken"
    else:
        schema = simplifier.member([part(parameter.schema_pointer, dict(parameter.schema))])
        allowed = list(_allowed(schema, parameter.location, simplifier))
        if parameter.location != "query" and allowed != list(flattened([schema])):
            schema, reason = union(allowed), f"no client writes its type in a {parameter.location}: text is taken"
    if reason:
        simplifier.losses[parameter.pointer, reason] = Loss("parameter", parameter.pointer, parameter.name, reason)
    return with_texts(schema, parameter.description, None)


def _allowed(schema: dict[str, Any], location: str, simplifier: Simplifier) -> Iterator[dict[str, Any]]:
    """Yield the alternatives of `schema` that can be sent in `location`, as text if they cannot be otherwise."""
    for each in flattened(schema.get("allOf", [schema])):
        slot = simplifier.classes.of(each)
        if slot is not None and slot.kind == "enum":
            yield schema if "allOf" in schema else each
        elif "const" in each and location == "header":
            yield {"type": next(iter(constants((each["const"],))))}
        elif each.get("type") in _SCALARS and not (location == "header" and each.get("format") in _NOT_IN_HEADERS):
            yield each
        elif each != {"type": "null"}:
            yield _TEXT
