"""Read JSON as people write it on pages: complete, broken, or cut off in the middle."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, Literal

import attrs

from specloom.pages import strict_json

Fault = Literal["broken", "truncated"]

MAX_DEPTH: Final = 100
"""Deepest nesting that is read."""
MAX_LENGTH: Final = 1_000_000
"""Longest text of a value, in characters, that is read unless it is JSON."""

# What stands between tokens; comments and ellipses are no JSON.
_BLANK: Final = re.compile(r"\s*")
_FILLER: Final = re.compile(r"(?://[^\n]*|/\*.{0,200}?\*/|\.\.\.|…)", re.DOTALL)
_STRING: Final = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"', re.DOTALL)
_CUT_STRING: Final = re.compile(r'"[^"\n]*')
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?")
_WORD: Final = re.compile(r"<[^<>\n]{1,100}>|[^\s,:{}\[\]\"]+")
_WORDS: Final = re.compile(r"[^\s,:{}\[\]\"<>]+(?:[ \t]+[^\s,:{}\[\]\"<>]+){0,20}(?=\s*[,}\]])")
# A name without quotes, and what may stand in an array without them: else the value was cut off, and prose follows.
_KEY: Final = re.compile(r"(?:<[^<>\n]{1,100}>|[\w$.-]{1,100})\s*:")
_ELEMENT: Final = re.compile(
    r"[^\s,:{}\[\]\"]{1,300}(?:[ \t]+[^\s,:{}\[\]\"]{1,100}){0,5}\s*(?=[,\]}])|"
    r"(?:[\d.eE+-]{1,300}|true|false|null)\s*\Z|,"
)
_OPENING: Final = frozenset({'"', "{", "[", "<"})
_AFTER_VALUE: Final = frozenset({"", '"', ",", ":", "}", "]"})
_LITERALS: Final = {"true": True, "false": False, "null": None}
_LOOKAHEAD: Final = 1000


@attrs.frozen
class Parsed:
    """A value, where its text ends, and what is wrong with that text."""

    value: Any
    end: int
    fault: Fault | None


def parse_json(text: str, start: int) -> Parsed | None:
    """Read the object or array that begins at `start`; None when nothing there looks like one.

    Comments, ellipses, a comma too many or too few, unquoted words and `<placeholders>` are read over and make the
    value broken. Where the text ends before the value does, what came so far is the value, and it is truncated.
    """
    following = text[start + 1 : start + _LOOKAHEAD].lstrip()[:1]
    if not following or following not in ('"}/<' if text[start] == "{" else '{["]'):
        return None
    strict = strict_json.read(text, start, MAX_DEPTH)
    if strict is not None:
        return Parsed(*strict, None)
    reader = _Reader(text, start, start + MAX_LENGTH)
    value = reader.value(0)
    return Parsed(value, reader.at, "truncated" if reader.is_truncated else "broken" if reader.is_broken else None)


class _Reader:
    """Reads from a position on; never fails, never goes back, and always gets on."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.at = start
        self._end = end
        self.is_broken = False
        self.is_truncated = False
        self._text = text

    def value(self, depth: int) -> Any:
        """Read any value."""
        character = self._peek()
        if character in {"{", "["} and depth >= MAX_DEPTH:
            self.is_broken = True
            self.at += 1
            return None
        if character == "{":
            return self._object(depth + 1)
        if character == "[":
            return self._array(depth + 1)
        return self._string() if character == '"' else self._scalar()

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.at += 1
        while self._goes_on("}"):
            if self._peek() != '"' and _KEY.match(self._text, self.at, self._end) is None:
                self._stop()
                break
            name = self._string() if self._peek() == '"' else str(self._scalar())
            if self._peek() == ":":
                self.at += 1
                self.is_broken |= name in found
                is_missing = self._peek() in {"", ",", "}", "]"}
                self.is_broken |= is_missing
                found[name] = None if is_missing else self.value(depth)
            else:
                self.is_broken = True
            self._separator("}")
        return found

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        self.at += 1
        while self._goes_on("]"):
            if self._peek() not in _OPENING and _ELEMENT.match(self._text, self.at, self._end) is None:
                self._stop()
                break
            found.append(self.value(depth))
            self._separator("]")
        return found

    def _goes_on(self, closing: str) -> bool:
        """Return whether another member follows; read the bracket that ends them."""
        character = self._peek()
        if character == closing:
            self.at += 1
        elif not character:
            self.is_truncated = True
        elif character in {"}", "]"}:  # that of what is around: this one was never closed
            self.is_broken = True
        else:
            return True
        return False

    def _stop(self) -> None:
        """End here: what follows is no part of the value, which was cut off."""
        self._end = self.at
        self.is_truncated = True

    def _separator(self, closing: str) -> None:
        """Read the comma after a member; note where there is none, or one too many."""
        character = self._peek()
        if character in {",", ":"}:
            self.at += 1
            is_one_too_many = self._peek() in {closing, ","}
            self.is_broken |= character == ":" or is_one_too_many
        elif character not in {"", "}", "]"}:
            self.is_broken = True

    def _string(self) -> str:
        found = _STRING.match(self._text, self.at, self._end)
        if found is None:
            rest = _CUT_STRING.match(self._text, self.at, self._end)
            text = rest[0][1:] if rest else ""
            self.at += len(text) + 1
            self.is_broken = True
            if self._peek() not in _AFTER_VALUE:
                self._stop()
            return text
        self.at = found.end()
        try:
            return str(json.loads(found[0]))
        except ValueError:
            self.is_broken = True
            return found[0][1:-1]

    def _scalar(self) -> Any:
        """Read a number, a literal, or what is neither and stands there without quotes."""
        word = _WORD.match(self._text, self.at, self._end)
        if word is None:
            self.is_broken = True
            self.at += bool(self._peek() not in {"", "}", "]", ","})
            return None
        number = _NUMBER.match(self._text, self.at, self._end)
        if number is not None and number.end() == word.end():
            self.at = number.end()
            value = json.loads(number[0])
            if abs(value) != math.inf:
                return value
            self.is_broken = True
            return number[0]
        if word[0] in _LITERALS:
            self.at = word.end()
            return _LITERALS[word[0]]
        self.is_broken = True
        words = _WORDS.match(self._text, self.at, self._end) or word
        self.at = words.end()
        return words[0].rstrip()

    def _peek(self) -> str:
        """Return the next character that is neither blank nor filler, "" at the end."""
        while True:
            blank = _BLANK.match(self._text, self.at, self._end)
            self.at = blank.end() if blank else self.at
            filler = _FILLER.match(self._text, self.at, self._end)
            if filler is None:
                return self._text[self.at : min(self.at + 1, self._end)]
            self.is_broken = True
            self.at = filler.end()
