"""What is at fault in a request, and how an error body names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import attrs

from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import FaultLayout
from specloom.spec.expression import template

Location = Literal["path", "query", "header", "body"]


@attrs.frozen
class RequestFault:
    """A part of a request that is at fault: a parameter, or a value in the body named by its pointer tokens.

    `field` is the name as it goes into the error body, where that is not the place of the value.
    """

    location: Location
    tokens: tuple[str, ...]
    message: str
    field: str | None = None

    def name(self, notation: Literal["brackets", "dots"]) -> str:
        """Return the name of the field: `orders[0].type` in brackets, `orders.0.type` with dots."""
        if self.field is not None:
            return self.field
        if not self.tokens:
            return "body"
        if notation == "dots":
            return ".".join(self.tokens)
        text = "".join(f"[{token}]" if token.isdigit() else f".{token}" for token in self.tokens)
        return text.removeprefix(".")


class FaultWriter:
    """Writes faults into an error body as `x-faults` of the response says."""

    def __init__(self, layout: FaultLayout) -> None:
        """Take the layout of one response."""
        self._layout = layout
        tokens = json_pointer.split(layout.at)
        fixed = next((index for index, token in enumerate(tokens) if token == "*" or "{$" in token), len(tokens))
        self._root = json_pointer.join(*tokens[:fixed])
        self._tokens = [template(token) for token in tokens[fixed:]]
        self._is_list = tokens[fixed : fixed + 1] == ["*"]

    def write(self, body: Any, faults: Iterable[RequestFault]) -> Any:
        """Return a copy of `body` that names `faults` and no others, or the first where there is room for one."""
        scopes = [self._scope(fault) for fault in faults]
        if not self._tokens:
            return json_pointer.replaced(body, self._root, self._layout.entry(scopes[0])) if scopes else body
        holder: Any = [] if self._is_list else {}
        body = json_pointer.replaced(body, self._root, holder)
        for scope in scopes:
            _put(holder, [token(scope) for token in self._tokens], self._layout.entry(scope))
        return body

    def _scope(self, fault: RequestFault) -> dict[str, Any]:
        name = fault.name(self._layout.notation)
        return {"fault": {"in": fault.location, "field": name, "message": fault.message}}


def _put(holder: Any, tokens: Sequence[str], entry: Any) -> None:
    """Write `entry` below `holder`, where the token `*` appends to an array."""
    for index, token in enumerate(tokens[:-1]):
        empty: Any = [] if tokens[index + 1] == "*" else {}
        if token == "*":
            holder.append(empty)
            holder = empty
        else:
            holder = holder.setdefault(token, empty)
    if tokens[-1] == "*":
        holder.append(entry)
    else:
        holder[tokens[-1]] = entry
