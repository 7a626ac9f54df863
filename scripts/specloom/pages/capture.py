"""Turn the bytes of a captured page, HTML or plain text, into lines that know where they came from."""

from __future__ import annotations

import codecs
import hashlib
import io
import itertools
import re
from typing import Final

import attrs

from specloom.pages.markup import lines_of_html
from specloom.spec import SpecloomError

MAX_BYTES: Final = 10 * 1024 * 1024
"""Longest page in bytes."""
MAX_LINES: Final = 50_000
"""How many lines that are not blank a page has at most; what follows them is left unread."""

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(r"</(?:p|div|span|td|table|pre|code|section|article|h[1-6]|li|ul)\s*>", re.IGNORECASE)
_CHARSET_REACH: Final = 4096


@attrs.frozen
class Line:
    """A line of text and its number in the captured file.

    Where the capture is HTML: how deep its element is nested, the texts of the inline elements that it is made of,
    whether it is the page's main heading, and whether it stands on a button.
    """

    text: str
    number: int
    depth: int | None = None
    pieces: tuple[str, ...] = ()
    is_title: bool = False
    is_button: bool = False


@attrs.frozen
class Capture:
    """A captured page: its lines without blank ones, and whether it was HTML."""

    lines: tuple[Line, ...] = attrs.field(repr=False)
    is_html: bool

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(line.text for line in self.lines)

    @property
    def digest(self) -> str:
        """SHA-256 of the words of the page; spacing and line breaks make no difference to it."""
        return hashlib.sha256(" ".join(self.text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def capture(content: bytes, charset: str | None = None) -> Capture:
    """Return the page in `content`; `charset` is what an HTTP header said. Any bytes make a capture.

    Raises SpecloomError when the page is longer than MAX_BYTES.
    """
    if len(content) > MAX_BYTES:
        raise SpecloomError(
            f"the page has {len(content)} bytes; at most {MAX_BYTES} are read",
            remedy="save the part of the page that documents the operation",
        )
    text = _decode(content, charset).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    if _is_html(text):
        shown = lines_of_html(text)
        lines = (Line(*attrs.astuple(each, recurse=False)) for each in shown)
        return Capture(tuple(itertools.islice(lines, MAX_LINES)), is_html=True)
    numbered = enumerate(io.StringIO(text, newline="\n"), 1)
    lines = (Line(line.rstrip(), number) for number, line in numbered if not line.isspace())
    return Capture(tuple(itertools.islice(lines, MAX_LINES)), is_html=False)


def _is_html(text: str) -> bool:
    return _MARKUP.match(text) is not None or len(_TAG.findall(text, 0, 200_000)) > 3  # noqa: PLR2004 - not one in passing


def _decode(content: bytes, charset: str | None) -> str:
    """Decode as the byte order mark, the HTTP header or the page itself says, else as UTF-8; never fail."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    declared = _CHARSET.search(content, 0, _CHARSET_REACH)
    for name in (charset, declared[1].decode("ascii") if declared else None, "utf-8"):
        try:
            if name:
                return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")
