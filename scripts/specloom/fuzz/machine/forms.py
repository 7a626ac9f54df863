"""Values of which a spec gives the form alone (`$now`, `$uuid`), and comparison with what a server made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs

from specloom.spec.equality import equal

_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]{8,}([Zz]|[+-]00:00)")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# The clock of a server may be wrong; a time of another day was not taken when the request was handled.
_LEEWAY: Final = timedelta(days=1)


@attrs.frozen(eq=False)
class Formed:
    """A text that is known by its form; it equals every text of that form. `name` is how it is said to people."""

    name: str
    fits: Callable[[str], bool] = attrs.field(repr=False)

    def __eq__(self, other: object) -> bool:
        return other is self or (isinstance(other, str) and self.fits(other))

    def __deepcopy__(self, memo: dict[int, Any]) -> Formed:
        return self

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __str__(self) -> str:
        """Return a mark, so that `settled` finds this value inside of a longer text."""
        return f"\ue000{self.name}\ue000"


def _is_now(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        return abs(datetime.fromisoformat(text) - datetime.now(UTC)) < _LEEWAY
    except ValueError:
        return False


NOW: Final = Formed("the time in UTC", _is_now)
UUID: Final = Formed("a UUID", lambda text: _UUID.fullmatch(text) is not None)


def settled(value: Any) -> Any:
    """Return `value` with each text that has `NOW` or `UUID` inside of it as a `Formed` of its own."""
    if isinstance(value, dict):
        return {name: settled(child) for name, child in value.items()}
    if isinstance(value, list):
        return [settled(child) for child in value]
    if not isinstance(value, str) or "\ue000" not in value:
        return value
    parts = re.split("\ue000(.+?)\ue000", value)
    pattern = "".join(re.escape(part) if index % 2 == 0 else ".+" for index, part in enumerate(parts))
    return Formed(value.replace("\ue000", ""), lambda text: re.fullmatch(pattern, text, re.DOTALL) is not None)


def difference(expected: Any, found: Any, at: str = "", *, open_: bool = False) -> str | None:
    """Say where `found` differs from `expected`; None when it does not. With `open_`, it may have further members."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return next(filter(None, _members(expected, found, at, open_=open_)), None)
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return f"{at or 'the array'} has {len(found)} elements, not {len(expected)}"
        pairs = enumerate(zip(expected, found, strict=True))
        return next(filter(None, (difference(*pair, f"{at}/{index}", open_=open_) for index, pair in pairs)), None)
    return None if equal(found, expected) else f"{at or 'the value'} is {short(found)}, not {short(expected)}"


def _members(expected: dict[str, Any], found: dict[str, Any], at: str, *, open_: bool) -> Iterator[str | None]:
    for name, value in expected.items():
        if name in found:
            yield difference(value, found[name], f"{at}/{name}", open_=open_)
        else:
            yield f"{at}/{name} is missing"
    if not open_:
        yield from (f"{at}/{name} is there, and should not be" for name in found if name not in expected)


WORDS: Final = Formed("words", lambda _: True)
"""Any text: where a template has words for people, a server may choose its own."""


def loosened(source: Any) -> Any:
    """Return the source of a template with `WORDS` in place of literals that have a space in them."""
    if isinstance(source, dict):
        return {name: loosened(child) for name, child in source.items()}
    if isinstance(source, list):
        return [loosened(child) for child in source]
    return WORDS if isinstance(source, str) and " " in source else source


def short(value: Any) -> str:
    """Return `value` as text of a line."""
    text = repr(value)
    return text if len(text) <= 120 else text[:120] + " …"  # noqa: PLR2004 - about a line
