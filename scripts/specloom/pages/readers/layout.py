"""What the readers of layouts have in common: the sections of a page, and the heads of members and parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol

import attrs

from specloom.pages.capture import Capture
from specloom.pages.tokens import Token
from specloom.pages.type_words import Type, read_type

Section = Literal[
    "intro",
    "operation",
    "security",
    "path",
    "query",
    "header",
    "cookie",
    "request",
    "request-sample",
    "responses",
    "response",
    "response-headers",
    "response-sample",
    "end",
]
"""What a part of a page is about; `responses` is the part before the first status, `end` what follows the last."""

NAME: Final = re.compile(r"[A-Za-z_$@][\w.$@\[\]-]{0,99}|<[\w -]{1,99}>|\{[\w -]{1,99}\}")
"""What may be the name of a member or parameter, with dots for those of nested ones."""

REQUIRED: Final = {"required": True, "*": True, "optional": False, "?": False}
"""Words beside a name that say whether it is required."""


@attrs.frozen
class Head:
    """Where a member or parameter begins: its name, what stands beside it, and how many tokens that takes.

    `before` is text that was run into the name's front, `after` what was run into the end.
    """

    name: str
    type: Type | None = None
    is_required: bool | None = None
    is_nullable: bool = False
    length: int = 1
    before: str = ""
    after: str = ""


class Layout(Protocol):
    """A family of pages."""

    @property
    def name(self) -> str:
        """What facts call it."""
        ...

    @property
    def labels(self) -> Mapping[str, Section]:
        """Headings in lower case, and what follows them."""
        ...

    @property
    def has_samples_last(self) -> bool:
        """Whether the samples of all answers stand together below them, in their order."""
        ...

    def score(self, capture: Capture, found: Sequence[Token]) -> int:
        """Return how much of the layout's marks the page has; 0 for none."""
        ...

    def split(self, found: Sequence[Token]) -> list[Token]:
        """Return the tokens with those split that a capture ran into one."""
        ...

    def head(self, found: Sequence[Token], at: int, names: set[str]) -> Head | None:
        """Return the member or parameter that begins at a token; `names` are those that the samples have."""
        ...


def plain_head(found: Sequence[Token], at: int) -> Head | None:
    """Return the head that is made of tokens of its own: a name, a type, and whether it is required."""
    words = [token.words for token in found[at : at + 5]]
    if not words:
        return None
    name, required = split_mark(words[0])
    if NAME.fullmatch(name) is None:
        return _head_in_one(words[0])
    length, type_ = 1, None
    for word in words[1:]:
        if required is None and word.lower() in REQUIRED:
            required = REQUIRED[word.lower()]
        elif type_ is None and word not in {"text", "long", "map", "list"} and read_type(word) is not None:
            type_ = read_type(word)
        elif not (length > 1 and word.lower() in {"nullable", "required"}):
            break
        length += 1
    if type_ is None:
        return None
    return Head(name, type_, required, "nullable" in (word.lower() for word in words[1:length]), length)


def split_mark(word: str) -> tuple[str, bool | None]:
    """Return a name without the mark behind it, and whether the mark says that it is required."""
    if len(word) > 1 and word[-1] in "*?":
        return word[:-1], word[-1] == "*"
    return word, None


def _head_in_one(text: str) -> Head | None:
    """Read a head that is one token, such as `lid boolean required`."""
    parts = text.split()
    if not 1 < len(parts) <= 6 or len(text) > 200:  # noqa: PLR2004 - a name, a type of some words, and a mark
        return None
    name, required = split_mark(parts.pop(0))
    if parts[-1].lower() in REQUIRED:
        required = REQUIRED[parts.pop().lower()]
    elif parts[0].lower() in REQUIRED:
        required = REQUIRED[parts.pop(0).lower()]
    type_ = read_type(" ".join(parts))
    return None if type_ is None or NAME.fullmatch(name) is None else Head(name, type_, required)
