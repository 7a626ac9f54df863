"""Choose among operations that a request line does not tell apart.

OpenAPI forbids templates that differ in the names of their parameters alone, and a path has neither query nor fragment.
Public specs have all three: `/files/{id}` beside `/files/{name}`, `/folders#move` beside `/folders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import parse_qsl

import attrs

from specloom.sandbox.exchange import Exchange
from specloom.sandbox.message import Reply, Request
from specloom.sandbox.operation import OperationHandler
from specloom.sandbox.routing import names, on_the_wire, shape

Handled = tuple[str, str, OperationHandler]
"""Path template, method, and what answers."""


@attrs.frozen
class Alternatives:
    """Operations with one method whose paths look alike; `handlers` have their templates beside them."""

    handlers: Sequence[tuple[str, OperationHandler]]

    async def handle(self, exchange: Exchange, path_values: Mapping[str, str]) -> Reply:
        """Answer as the first operation for which the request is well; as the first of all if it is for none."""
        values = list(path_values.values())
        fitting = [(handler, _named(template, values)) for template, handler in self._asked(exchange.request)]
        for handler, named in fitting:
            if handler.accepts(exchange.request, named):
                return await handler.handle(exchange, named)
        handler, named = fitting[0]
        return await handler.handle(exchange, named)

    def _asked(self, request: Request) -> list[tuple[str, OperationHandler]]:
        """Return the operations whose paths have the query of the request, if it has that of any."""
        given = set(parse_qsl(request.query, keep_blank_values=True))
        wanted = [(set(_query(template)), template, handler) for template, handler in self.handlers]
        exact = [(template, handler) for query, template, handler in wanted if query and query <= given]
        return exact or [(template, handler) for query, template, handler in wanted if not query] or list(self.handlers)


def told_apart(operations: Iterable[Handled]) -> Iterator[tuple[str, str, OperationHandler | Alternatives]]:
    """Yield (path template, method, what answers) such that no two of them match the same requests."""
    groups: dict[tuple[str, str], list[Handled]] = {}
    for each in operations:
        groups.setdefault((shape(each[0]), each[1]), []).append(each)
    templates: dict[str, str] = {}
    for (path, method), group in groups.items():
        template = templates.setdefault(path, on_the_wire(group[0][0]))
        if len(group) == 1 and on_the_wire(group[0][0]) == group[0][0] == template:
            yield template, method, group[0][2]
        else:
            yield template, method, Alternatives([(each, handler) for each, _, handler in group])


def _query(template: str) -> list[tuple[str, str]]:
    return parse_qsl(template.partition("#")[0].partition("?")[2], keep_blank_values=True)


def _named(template: str, values: Sequence[str]) -> dict[str, str]:
    return dict(zip(names(template), values, strict=True))
