"""Cut a captured page into tokens: samples, curl lines, and the pieces of text between them."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from typing import Final

import attrs

from specloom.pages.capture import Capture, Line
from specloom.pages.curl import Curl, curl_lines
from specloom.pages.samples import Sample, samples

MAX_MARKS: Final = 2000
"""How many samples and curl lines are read of a page."""


class Text:
    """The text of a capture, and the line of the captured file at each position of it."""

    def __init__(self, capture: Capture) -> None:
        self.text = capture.text
        self._numbers = [line.number for line in capture.lines]
        self._starts: list[int] = []
        at = 0
        for line in capture.lines:
            self._starts.append(at)
            at += len(line.text) + 1

    def line(self, position: int) -> int:
        """Return the number of the line at a position."""
        index = bisect.bisect_right(self._starts, position) - 1
        return self._numbers[index] if self._numbers and index >= 0 else 0


@attrs.frozen
class Token:
    """A piece of text with its line and depth; or, in place of text, a sample or a curl line."""

    text: str
    line: int
    depth: int | None = None
    is_title: bool = False
    is_button: bool = False
    sample: Sample | None = None
    curl: Curl | None = None

    @property
    def words(self) -> str:
        """The text without blanks, marks of lists and headings, and invisible characters around it."""
        return self.text.strip(" \t\u200b\u200c\ufeff#•·") if self.is_text else ""

    @property
    def is_text(self) -> bool:
        """Whether this is neither a sample nor a curl line."""
        return self.sample is None and self.curl is None


def tokens(capture: Capture, text: Text) -> list[Token]:
    """Return the tokens of a page in their order."""
    marks = list(itertools.islice(_marks(text.text), MAX_MARKS))
    made: list[Token] = []
    index, at, covered = 0, 0, 0
    for line in capture.lines:
        here, end = max(at, covered), at + len(line.text)
        if here == at and not (index < len(marks) and marks[index].start < end):
            made += [
                Token(piece, line.number, line.depth, line.is_title, line.is_button)
                for piece in line.pieces or (line.text,)
            ]
            here = end
        while index < len(marks) and marks[index].start < end:
            mark = marks[index]
            made.append(Token(text.text[here : mark.start], line.number, line.depth))
            made.append(attrs.evolve(mark.token, line=line.number, depth=line.depth))
            here = covered = mark.end
            index += 1
        made.append(Token(text.text[here:end], line.number, line.depth))
        at = end + 1
    return [token for token in made if not token.is_text or token.words]


def _token(line: Line) -> Token:
    return Token(line.text, line.number, line.depth, line.is_title, line.is_button)


@attrs.frozen
class _Mark:
    """A token and what it covers of the text."""

    start: int
    end: int
    token: Token


def _marks(text: str) -> Iterator[_Mark]:
    """Yield curl lines and samples in order."""
    at = 0
    for curl in curl_lines(text):
        yield from _samples(text, at, curl.start)
        yield _Mark(curl.start, curl.end, Token("", 0, curl=curl))
        at = curl.end
    yield from _samples(text, at, len(text))


def _samples(text: str, start: int, end: int) -> Iterator[_Mark]:
    for sample in samples(text, start, end):
        yield _Mark(sample.start, sample.end, Token("", 0, sample=sample))
