"""Read HTML as lines of text, as a browser would show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs
from lxml import etree, html

_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "svg", "head", "nav", "footer"})
_BLOCKS: Final = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "button", "dd", "details", "dialog", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr"),
        *("html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    ]
)
_CELLS: Final = frozenset({"td", "th"})
_PROSE: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_CELL: Final = " | "
# Method and path, the segments of which some layouts put into elements of their own.
_OPERATION: Final = re.compile(r"(?:[A-Z]{3,7} ?)?/\S*")


@attrs.frozen
class Shown:
    """A line as a browser shows it, the line of the source where it begins, and how deep its element is nested.

    `pieces` are the texts of the inline elements that it is made of, where these stand apart from prose, cells and
    preformatted text; `is_title` says that it is the page's main heading, `is_button` that it stands on a button.
    """

    text: str
    number: int
    depth: int
    pieces: tuple[str, ...]
    is_title: bool
    is_button: bool


def lines_of_html(text: str) -> Iterator[Shown]:
    """Yield the lines that are not blank.

    What shows nothing of an API (scripts, navigation) is left out; the cells of a table's row stand on one line with
    ` | ` between them; `pre` keeps its line breaks.
    """
    parser = html.HTMLParser(recover=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it is an element
        return
    writer = _Writer()
    skipping = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipping += tag in _SKIPPED
            if not skipping:
                writer.open(tag, element.sourceline or 0)
                writer.write(element.text or "")
        else:
            if not skipping:
                writer.close(tag)
            skipping -= tag in _SKIPPED
            if not skipping:
                writer.write(element.tail or "")
        if writer.lines:
            yield from writer.lines
            writer.lines.clear()
    writer.end_line()
    yield from writer.lines


class _Writer:
    """Gathers the pieces of text between line breaks."""

    def __init__(self) -> None:
        self.lines: list[Shown] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._number = 0
        self._start = (0, 0)
        self._open = {"pre": 0, "h1": 0, "prose": 0, "row": 0, "button": 0}

    def open(self, tag: str, number: int) -> None:
        """Begin an element that starts at line `number`."""
        self._depth += 1
        self._number = max(self._number, number)
        if tag == "br" or (tag in _BLOCKS and (not self._open["row"] or tag in {"tr", "table"})):
            self.end_line()
        elif tag in _CELLS and self._pieces:
            self._pieces.append(_CELL)
        elif tag in _BLOCKS and self._pieces:  # inside a cell
            self._pieces.append(" ")
        self._count(tag, 1)

    def close(self, tag: str) -> None:
        """End an element."""
        self._depth -= 1
        if tag in _BLOCKS and (not self._open["row"] or tag in {"tr", "table"}):
            self.end_line()
        self._count(tag, -1)

    def _count(self, tag: str, by: int) -> None:
        for name, belongs in (
            ("pre", tag == "pre"),
            ("h1", tag == "h1"),
            ("prose", tag in _PROSE),
            ("row", tag == "tr"),
            ("button", tag == "button"),
        ):
            self._open[name] = max(0, self._open[name] + by * belongs)

    def write(self, text: str) -> None:
        """Add text to the line; inside `pre`, a line break ends it."""
        for index, part in enumerate(text.split("\n")):
            self._number += index > 0
            if index and self._open["pre"] and not self._open["row"]:
                self.end_line()
            elif index:
                part = f" {part}"  # noqa: PLW2901 - a line break in the source is a space on the page
            if part.strip() or self._pieces:
                if not self._pieces:
                    self._start = (self._number, self._depth)
                self._pieces.append(part)

    def end_line(self) -> None:
        """Keep the line that was gathered unless it is blank."""
        text = "".join(self._pieces)
        text = text.rstrip() if self._open["pre"] else " ".join(text.split())
        if text.strip(" |"):
            pieces = tuple(" ".join(piece.split()) for piece in self._pieces if piece.strip())
            if self._open["pre"] or self._open["prose"] or _OPERATION.fullmatch(text):
                pieces = (text,)
            self.lines.append(Shown(text, *self._start, pieces, bool(self._open["h1"]), bool(self._open["button"])))
        self._pieces = []
