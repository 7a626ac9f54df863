"""The scope in which the runtime expressions of a spec are evaluated for a request that was sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from specloom.spec import Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT, Expression

_INTEGER: Final = re.compile(r"-?[0-9]{1,400}")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")


def request_scope(
    operation: Operation, path: Mapping[str, Any], query: Mapping[str, Any], headers: Mapping[str, Any], body: Any
) -> dict[str, Any]:
    """Return the scope of a request; parameters have the JSON types that their schemas name, header names no case."""
    given = {"path": path, "query": query, "header": {name.lower(): value for name, value in headers.items()}}
    scope: dict[str, Any] = {"request.path": {}, "request.query": {}, "request.header": {}}
    for parameter in operation.parameters:
        name = parameter.name.lower() if parameter.location == "header" else parameter.name
        if parameter.location in given and name in given[parameter.location]:
            value = given[parameter.location][name]
            scope[f"request.{parameter.location}"][name] = typed(value, parameter.schema.get("type"))
    if body is not ABSENT:
        scope["request.body"] = body
    return scope


def typed(value: Any, declared: Any) -> Any:
    """Return a parameter's value as the JSON type that its schema declares."""
    types = {declared} if isinstance(declared, str) else set(declared or ())
    if isinstance(value, str):
        if "integer" in types and _INTEGER.fullmatch(value):
            return int(value)
        if "number" in types and _NUMBER.fullmatch(value):
            return float(value)
        if "boolean" in types and value in {"true", "false"}:
            return value == "true"
    elif "string" in types and not isinstance(value, str):
        return str(value)
    return value


def items(operation: Operation, scope: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a scope for each element of a batch, with `item` and `item_pointer`; one scope when there is no batch."""
    each = None if operation.transition is None else operation.transition.each
    if each is None:
        return [dict(scope)]
    return [{**scope, "item": value, "item_pointer": pointer} for pointer, value in each.find(scope)]


def matched(operation: Operation, scope: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members that a request gives to find a record by, as pointer and value."""
    transition = operation.transition
    if transition is None:
        return {}
    given = {pointer: expression.first(scope) for pointer, expression in transition.match}
    return {pointer: value for pointer, value in given.items() if value is not ABSENT}


def location_of(expression: Expression, item_pointer: str = "") -> tuple[str, str]:
    """Return (path, query, header or body; pointer below it) of the value that an expression without `*` names."""
    if expression.root == "item":
        return "body", item_pointer + expression.pointer
    return expression.source, expression.pointer


def field_tokens(field: str) -> tuple[str, ...]:
    """Return the tokens of a field name in any notation (`orders[0].type`, `orders.0.type`, `/orders/0/type`)."""
    return tuple(token for token in re.split(r"[.\[\]/]+", field) if token)


def member(body: Any, pointer: str) -> Any:
    """Return the value at `pointer`, or ABSENT."""
    try:
        return json_pointer.get(body, pointer)
    except LookupError:
        return ABSENT
