"""Changes of a JSON value at one place, which leave the value itself as it is."""

from __future__ import annotations

from typing import Any, Final

import attrs

from specloom.spec.expression import ABSENT

_LONGEST: Final = 60


@attrs.frozen
class Edit:
    """A change: what is at `tokens` becomes `value`, or is taken out where that is ABSENT.

    `rule` is the pointer of the keyword that it is about, `text` says it in words.
    """

    tokens: tuple[str, ...]
    value: Any = attrs.field(repr=False)
    rule: str
    text: str

    def apply(self, body: Any) -> Any:
        """Return `body` with the change made."""
        return replaced(body, self.tokens, self.value)


def replaced(value: Any, tokens: tuple[str, ...], new: Any) -> Any:
    """Return `value` with `new` at `tokens`; ABSENT takes out, the token `-` appends to an array."""
    if not tokens:
        return new
    head, rest = tokens[0], tokens[1:]
    if isinstance(value, list):
        if head == "-":
            return [*value, new]
        index = int(head)
        child = replaced(value[index], rest, new)
        return [*value[:index], *([] if child is ABSENT else [child]), *value[index + 1 :]]
    if not isinstance(value, dict):
        value = {}
    child = replaced(value.get(head), rest, new)
    if child is ABSENT:
        return {name: each for name, each in value.items() if name != head}
    return {**value, head: child}


def short(value: Any) -> str:
    """Return a JSON value in words, short enough for a line."""
    text = "nothing" if value is ABSENT else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
