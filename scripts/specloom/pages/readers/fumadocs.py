"""The layout that marks names with `*` and `?`, shows no members of answers, and runs its samples together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from specloom.pages.capture import Capture
from specloom.pages.readers.layout import NAME, REQUIRED, Head, Section, plain_head
from specloom.pages.tokens import Token
from specloom.pages.type_words import Type, read_type

_HEAD: Final = re.compile(r"(?P<name>[A-Za-z_$][\w.$-]{0,99})(?P<mark>[*?])(?P<type>.{0,80})")
_AUTHORIZATION: Final = re.compile(r"(?P<label>Authorization)(?=\S)")


class Fumadocs:
    """Pages made with Fumadocs."""

    name = "fumadocs"
    has_samples_last = True
    labels: dict[str, Section] = {  # noqa: RUF012 - a constant
        "authorization": "security",
        "path parameters": "path",
        "query parameters": "query",
        "header parameters": "header",
        "cookie parameters": "cookie",
        "request body": "request",
        "typescript definitions": "request-sample",
        "response body": "responses",
    }

    def score(self, capture: Capture, found: Sequence[Token]) -> int:
        """Count `In: header`, marked names and the headings that only this layout has."""
        del capture
        words = [token.words for token in found if token.is_text]
        return sum(
            2 * word.startswith("In: ") + 2 * (word in {"TypeScript Definitions", "Response Body"}) + _is_marked(word)
            for word in words
        )

    def split(self, found: Sequence[Token]) -> list[Token]:
        """Split a heading from what a capture ran into it."""
        made: list[Token] = []
        for token in found:
            label = _AUTHORIZATION.match(token.text) if token.is_text else None
            if label is None:
                made.append(token)
            else:
                made += [attrs.evolve(token, text="Authorization"), attrs.evolve(token, text=token.text[label.end() :])]
        return made

    def head(self, found: Sequence[Token], at: int, names: set[str]) -> Head | None:
        """Return the member or parameter that begins at a token."""
        del names
        words = [token.words for token in found[at : at + 3]]
        if len(words) > 1 and words[1] in {"*", "?"} and NAME.fullmatch(words[0]):
            type_ = _type(words[2]) if len(words) > 2 else None  # noqa: PLR2004 - name, mark, type
            is_lost = words[2:] != [] and words[2].endswith("|")
            return Head(words[0], type_, REQUIRED[words[1]], length=3 if type_ or is_lost else 2)
        marked = _HEAD.fullmatch(words[0]) if words else None
        if marked is None or not (marked["type"] in {"", "|"} or _type(marked["type"])):
            return plain_head(found, at)
        type_ = _type(marked["type"])
        length = 1
        if type_ is None and not marked["type"] and len(words) > 1 and _type(words[1]):
            type_, length = _type(words[1]), 2
        return Head(marked["name"], type_, REQUIRED[marked["mark"]], length=length)


def _type(text: str) -> Type | None:
    """Read a type; None for what is left of a union some of whose types are lost, as in `string | `."""
    return None if text.endswith("|") else read_type(text)


def _is_marked(word: str) -> bool:
    found = _HEAD.fullmatch(word)
    return found is not None and (found["type"] in {"", "|"} or _type(found["type"]) is not None)
