"""Turn Markdown of others into HTML that holds no markup of theirs, no image, and no link but to the web."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# The levels of headings below that of a section.
_TOP: Final = 3
_BOTTOM: Final = 6


def is_web(url: str) -> bool:
    """Whether `url` is absolute and leads to the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def prose(text: str) -> Markup:
    """Return a description (CommonMark, OpenAPI 3.1, 4.4) as HTML; its headings become paragraphs."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
            token.attrs = {"class": "heading"} if token.nesting > 0 else {}
    return _rendered(tokens)


def changelog(text: str) -> Markup:
    """Return a changelog (keepachangelog.com) as HTML without its title; the headings of versions become `h3`."""
    tokens = _MARKDOWN.parse(text)
    if tokens and tokens[0].tag == "h1":
        end = next(index for index, token in enumerate(tokens) if token.type == "heading_close")
        tokens = tokens[end + 1 :]
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1:]) + 1, _TOP), _BOTTOM)}"
    return _rendered(tokens)


def _rendered(tokens: Sequence[Token]) -> Markup:
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704 - the renderer escapes all text


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.validateLink = is_web  # type: ignore[method-assign]  # as its documentation has it done
    return reader


_MARKDOWN: Final = _reader()
