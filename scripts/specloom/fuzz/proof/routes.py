"""Tell which operation a request is for, and what it gives: the scope of its runtime expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

import attrs

from specloom.fuzz.proof.serving import Asked
from specloom.fuzz.scope import request_scope
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import Expression

_NAME: Final = re.compile(r"\{([^}]+)\}")


class Routes:
    """The operations of an API, which is served at `/` or at `/<name>`."""

    def __init__(self, api: Api) -> None:
        """Take the API whose operations are meant."""
        self._prefix = f"/{api.name}"
        self._routes = [_route(operation) for operation in api.operations]

    def operation(self, asked: Asked) -> Operation | None:
        """Return the operation that `asked` is for; None when it is for none."""
        found = self._find(asked)
        return None if found is None else found[0]

    def scope(self, asked: Asked) -> dict[str, Any]:
        """Return the scope of the expressions about a request; empty when it is for no operation."""
        found = self._find(asked)
        if found is None:
            return {}
        operation, values = found
        query = dict(parse_qsl(asked.query, keep_blank_values=True))
        return request_scope(operation, values, query, dict(asked.headers), asked.json)

    def with_value(self, asked: Asked, expression: Expression, item: str, value: Any) -> Asked:
        """Return `asked` with `value` where `expression` names one; `item` is the pointer of the element meant."""
        found = self._find(asked)
        if found is None:
            return asked
        operation, values = found
        name = expression.pointer.removeprefix("/")
        match expression.source:
            case "path":
                filled = {**values, name: str(value)}
                path = _NAME.sub(lambda each: quote(filled[each[1]], safe=""), operation.path)
                prefix = self._prefix if asked.path.startswith(f"{self._prefix}/") else ""
                return attrs.evolve(asked, path=prefix + path)
            case "query":
                pairs = [(key, each) for key, each in parse_qsl(asked.query, keep_blank_values=True) if key != name]
                return attrs.evolve(asked, query=urlencode([*pairs, (name, str(value))]))
            case "header":
                return asked.with_header(name, str(value))
        body = asked.json
        try:
            json_pointer.put(body, (item if expression.root == "item" else "") + expression.pointer, value)
        except (LookupError, ValueError, TypeError, AttributeError):
            return asked
        return asked.with_json(body)

    def _find(self, asked: Asked) -> tuple[Operation, Mapping[str, str]] | None:
        for path in (asked.path, asked.path.removeprefix(self._prefix)):
            for pattern, names, operation in self._routes:
                match = pattern.fullmatch(path)
                if match and operation.method.upper() == asked.method:
                    return operation, dict(zip(names, map(unquote, match.groups()), strict=True))
        return None


def _route(operation: Operation) -> tuple[re.Pattern[str], list[str], Operation]:
    parts = _NAME.split(operation.path)
    text = "([^/]+)".join(re.escape(part) for part in parts[::2])
    return re.compile(text), parts[1::2], operation
