"""The rule on regular expressions: anchored, and the same in every engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject

# An escape, a character class (a `]` may be escaped in it), or any other character.
_PART: Final = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_SHORTHAND: Final = re.compile(r"\\[dDwWsSbBpP]")
_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)


def patterns_are_anchored_and_ascii(subject: Subject) -> Iterator[Breach]:
    """S20."""
    for site in subject.sites:
        for pointer, pattern in _patterns(site.pointer, site.schema):
            for message, remedy in _faults(pattern):
                yield Breach(pointer, f"{pattern!r} {message}", remedy)


def _patterns(pointer: str, schema: dict[str, object]) -> Iterator[tuple[str, str]]:
    if isinstance(schema.get("pattern"), str):
        yield f"{pointer}/pattern", str(schema["pattern"])
    named = schema.get("patternProperties")
    if isinstance(named, dict):
        yield from ((pointer + json_pointer.join("patternProperties", name), name) for name in named)


def _faults(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong with `pattern`, what to do)."""
    parts = _PART.findall(pattern)
    if parts[:1] != ["^"] or parts[-1:] != ["$"] or _alternates(parts):
        yield "is not anchored", "start it with ^ and end it with $, with alternatives in a group between them"
    if not pattern.isascii() or any(_SHORTHAND.fullmatch(part) for part in _escapes(parts)):
        yield "matches more than ASCII", r"write the characters out, as in [0-9] for \d"
    if "." in parts:
        yield "uses . for any character", "write the characters out, as in [A-Za-z0-9]"


def _alternates(parts: list[str]) -> bool:
    """Whether there is a `|` outside of all groups, which splits the anchors from each other."""
    depth = 0
    for part in parts:
        depth += (part == "(") - (part == ")")
        if part == "|" and depth == 0:
            return True
    return False


def _escapes(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield from _ESCAPE.findall(part)
