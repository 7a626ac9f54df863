"""Write the parameters of an operation as openapi-python-client can send them."""

from __future__ import annotations

from typing import Any, Final

from specloom.generate.normalising.contents import has_json, plain
from specloom.generate.normalising.naming import distinct
from specloom.generate.normalising.parts import part
from specloom.generate.normalising.scalars import with_texts
from specloom.generate.normalising.simplifying import Simplifier
from specloom.generate.normalising.unions import flattened, union
from specloom.generate.result import Loss
from specloom.spec import Operation, Parameter

_TEXT: Final = {"type": "string"}


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
    if parameter.media_type is None or has_json(parameter):
        schema = simplifier.member([part(parameter.schema_pointer, dict(parameter.schema))])
        if parameter.location != "query":
            schema = _without_null(schema)
    else:
        schema, reason = (
            _TEXT,
            f"it is written as {plain(parameter.media_type)} in a {parameter.location}: text is taken",
        )
        simplifier.losses[parameter.pointer, reason] = Loss("parameter", parameter.pointer, parameter.name, reason)
    return with_texts(schema, parameter.description, None)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `schema` without null, which is only sent by sending nothing."""
    found = [each for each in flattened([schema]) if each != {"type": "null"}]
    return union(found or [_TEXT]) if len(found) < len(list(flattened([schema]))) else schema
