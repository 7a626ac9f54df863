"""Find the JSON samples on a page: whole, broken, cut off, alone or several run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.pages.tolerant_json import Fault, parse_json

# `list[].name` is a path, no sample.
_START: Final = re.compile(r"\{|(?<![\w.])\[|\[(?=\s{0,100}\{)")


MAX_FAULTY: Final = 2_000_000
"""How many characters of samples are read that are not JSON; what follows them is left unread."""


# What reading a short one costs beside its length.
_LEAST: Final = 100


@attrs.frozen
class Sample:
    """A JSON object or array, the positions in the text where it begins and ends, and what is wrong with its text."""

    value: Any
    start: int
    end: int
    fault: Fault | None


def samples(text: str, start: int = 0, end: int | None = None) -> Iterator[Sample]:
    """Yield the samples in `text` between `start` and `end`, one after the other; time is linear in the text."""
    limit = len(text) if end is None else end
    position = start
    left = MAX_FAULTY
    while left > 0 and (found := _START.search(text, position, limit)) is not None:
        parsed = parse_json(text, found.start())
        if parsed is None:
            position = found.end()
            continue
        if parsed.fault is not None:
            left -= max(parsed.end - found.start(), _LEAST)
        if _means_something(parsed.value, parsed.fault):
            yield Sample(parsed.value, found.start(), parsed.end, parsed.fault)
        position = max(parsed.end, found.end())


def _means_something(value: Any, fault: Fault | None) -> bool:
    """Return whether this is a sample and not just brackets in prose."""
    return fault is None or bool(value)
