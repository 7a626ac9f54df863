"""Read HTML as lines of text, as a browser would show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree, html

_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "svg", "head", "nav", "footer", "button"})
_BLOCKS: Final = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *("figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li"),
        *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    ]
)
_CELLS: Final = frozenset({"td", "th"})


def lines_of_html(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (text, number of the source line, depth of nesting) of each line that is not blank.

    What shows nothing of an API (scripts, navigation, buttons) is left out; the cells of a table's row stand on one
    line with ` | ` between them; `pre` keeps its line breaks.
    """
    parser = html.HTMLParser(recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
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
    writer.end_line()
    yield from writer.lines


class _Writer:
    """Gathers the pieces of text between line breaks."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, int, int]] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._number = 0
        self._start = (0, 0)
        self._verbatim = 0

    def open(self, tag: str, number: int) -> None:
        """Begin an element that starts at line `number`."""
        self._depth += 1
        self._number = max(self._number, number)
        if tag in _BLOCKS or tag == "br":
            self.end_line()
        elif tag in _CELLS and self._pieces:
            self._pieces.append(" | ")
        self._verbatim += tag == "pre"

    def close(self, tag: str) -> None:
        """End an element."""
        self._depth -= 1
        if tag in _BLOCKS:
            self.end_line()
        self._verbatim -= tag == "pre"

    def write(self, text: str) -> None:
        """Add text to the line; inside `pre`, a line break ends it."""
        for index, part in enumerate(text.split("\n")):
            self._number += index > 0
            if index and self._verbatim:
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
        text = text.rstrip() if self._verbatim else " ".join(text.split())
        if text.strip(" |"):
            self.lines.append((text, *self._start))
        self._pieces = []
