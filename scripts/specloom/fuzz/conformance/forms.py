"""Values of which a spec gives the form alone (`$now`, `$uuid`), and comparison with what a server made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import attrs

from specloom.spec.equality import equal

_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-]00:00)")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# A character for private use, with which no text of a spec is written.
_MARK: Final = "\ue000"
_MARKED: Final = re.compile(f"{_MARK}.+?{_MARK}")


@attrs.frozen(eq=False)
class Formed:
    """A text that is known by its form; it equals every text of that form. `name` is how it is said to people."""

    name: str
    fits: Callable[[str], bool] = attrs.field(repr=False)

    def __eq__(self, other: object) -> bool:
        return other is self or (isinstance(other, str) and self.fits(other))

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __str__(self) -> str:
        """Return the name between marks, by which `difference` knows that a longer text has this in it."""
        return f"{_MARK}{self.name}{_MARK}"

    def __deepcopy__(self, memo: dict[int, Any]) -> Formed:
        return self


def time_within(leeway: timedelta) -> Formed:
    """Return what equals each time in UTC that is at most `leeway` from now, whenever now is."""

    def fits(text: str) -> bool:
        if not _TIME.fullmatch(text):
            return False
        try:
            return abs(datetime.fromisoformat(text.upper()) - datetime.now(UTC)) < leeway
        except ValueError:
            return False

    return Formed("the time in UTC", fits)


NOW: Final = time_within(timedelta(minutes=2))
"""What `$now` gives (specs/README.md, "Runtime expressions"), compared soon after it was given.

It is the time of the request; the clocks of two machines may differ by as much.
"""
UUID: Final = Formed("a UUID", lambda text: _UUID.fullmatch(text) is not None)
"""What `$uuid` gives."""
WORDS: Final = Formed("words", lambda _: True)
"""Any text: where a template has words for people, a server may choose its own."""


def difference(expected: Any, found: Any, at: str = "", *, is_open: bool = True) -> str | None:
    """Say where `found` differs from `expected`; None when it does not. If open, `found` may have further members."""
    return next(_differences(expected, found, at, is_open=is_open), None)


def _differences(expected: Any, found: Any, at: str, *, is_open: bool) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            if name in found:
                yield from _differences(value, found[name], f"{at}/{name}", is_open=is_open)
            else:
                yield f"{at}/{name} is missing"
        if not is_open:
            yield from (f"{at}/{name} is there, and should not be" for name in found if name not in expected)
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{at or 'the array'} has {len(found)} elements, not {len(expected)}"
            return
        for index, (left, right) in enumerate(zip(expected, found, strict=True)):
            yield from _differences(left, right, f"{at}/{index}", is_open=is_open)
    elif not _same(expected, found):
        wanted = expected.replace(_MARK, "") if isinstance(expected, str) else expected
        yield f"{at or 'the value'} is {_short(found)}, not {_short(wanted)}"


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, str) and _MARK in expected and isinstance(found, str):
        # Where a form ends within a longer text is not known, so anything may stand for it.
        return re.fullmatch(".+".join(map(re.escape, _MARKED.split(expected))), found, re.DOTALL) is not None
    return equal(found, expected)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:120] + " …"  # noqa: PLR2004 - about a line
