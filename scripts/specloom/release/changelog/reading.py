"""Read a changelog: its releases, what is not released yet, and what its items name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import attrs
from markdown_it import MarkdownIt
from markdown_it.token import Token

from specloom.spec import Place, SpecloomError

GROUPS: Final = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
"""The kinds of changes, in the order of keepachangelog.com."""

_HEADING: Final = re.compile(
    r"""\[?(?P<version>Unreleased|[0-9]+\.[0-9]+\.[0-9]+)\]?(?:\([^)]*\))?
        (?:\s+-\s+(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}))?
        (?:\s+\[YANKED\]\s*(?P<yanked>.*))?""",
    re.ASCII | re.VERBOSE | re.IGNORECASE,
)


@attrs.frozen
class Item:
    """An item of a list: its line, and the texts in it that are set as code."""

    line: int
    codes: frozenset[str]


@attrs.frozen
class Section:
    """A release, or what is not released yet (`version` is None).

    `yanked` is the reason behind the word YANKED, None where that does not stand. `groups` holds the Markdown below
    each heading such as Added, and as "" what stands before the first; `lines` are its first line and the one after
    its last text, from 0.
    """

    version: str | None
    date: str | None
    yanked: str | None
    groups: Mapping[str, str]
    items: tuple[Item, ...]
    lines: tuple[int, int]


@attrs.frozen
class Changelog:
    """A changelog: its lines without their ends, how they end, and its sections from the newest on."""

    path: Path
    lines: tuple[str, ...] = attrs.field(repr=False)
    newline: str
    sections: tuple[Section, ...]

    @property
    def unreleased(self) -> Section | None:
        """What is not released yet."""
        return next((each for each in self.sections if each.version is None), None)

    def release(self, version: str) -> Section | None:
        """Return the section of a release."""
        return next((each for each in self.sections if each.version == version), None)


def read_changelog(path: Path) -> Changelog:
    """Read the changelog at `path`; none is an empty one. Raises SpecloomError."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError:
        raise SpecloomError("not UTF-8", place=Place(path), remedy="save the file as UTF-8") from None
    except OSError as error:
        raise SpecloomError(f"cannot be read: {error.strerror}", place=Place(path), remedy="check the path") from None
    return parse_changelog(text, path)


def parse_changelog(text: str, path: Path) -> Changelog:
    """Read `text` as the content of `path`.

    Raises SpecloomError for two sections of one version, and for a heading in what is not released yet that is none of
    the format.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    tokens = [token for token in MarkdownIt("commonmark").parse(text) if token.map is not None]
    starts = [index for index, token in enumerate(tokens) if _is_heading(token, "h1", "h2")]
    found: list[Section] = []
    for start, end in pairwise([*starts, len(tokens)]):
        section = _section(lines, tokens[start:end])
        if section is None:
            continue
        if any(each.version == section.version for each in found):
            place = Place(path, section.lines[0] + 1)
            raise SpecloomError("there are two sections for this", place=place, remedy="make them one")
        if section.version is None:
            _check_groups(section, path, lines)
        found.append(section)
    return Changelog(path, tuple(lines), newline, tuple(found))


def _section(lines: Sequence[str], tokens: Sequence[Token]) -> Section | None:
    """Return the section that starts with the heading `tokens[0]`; None when that is no release's."""
    heading = _HEADING.fullmatch(_title(lines, tokens[0])) if tokens[0].tag == "h2" else None
    if heading is None:
        return None
    version = heading["version"]
    end = max(_lines(token)[1] for token in tokens)
    return Section(
        version=None if version.lower() == "unreleased" else version,
        date=heading["date"],
        yanked=None if heading["yanked"] is None else heading["yanked"].strip(),
        groups=dict(_groups(lines, tokens, end)),
        items=tuple(_items(tokens)),
        lines=(_lines(tokens[0])[0], end),
    )


def _groups(lines: Sequence[str], tokens: Sequence[Token], end: int) -> Iterator[tuple[str, str]]:
    headings = [token for token in tokens if _is_heading(token, "h2", "h3")]
    bounds = [*(_lines(token) for token in headings), (end, end)]
    for heading, (_, start), (stop, _) in zip(headings, bounds, bounds[1:], strict=False):
        text = "\n".join(lines[start:stop]).strip("\n")
        if text or heading.tag != "h2":
            yield ("" if heading.tag == "h2" else _title(lines, heading)), text


def _items(tokens: Sequence[Token]) -> Iterator[Item]:
    """Yield the outermost items of the lists."""
    starts = [index for index, token in enumerate(tokens) if token.type == "list_item_open" and token.level == 1]
    for start, end in pairwise([*starts, len(tokens)]):
        inline = [child for token in tokens[start:end] if token.type == "inline" for child in token.children or ()]
        codes = frozenset(" ".join(child.content.split()) for child in inline if child.type == "code_inline")
        yield Item(_lines(tokens[start])[0] + 1, codes)


def _check_groups(section: Section, path: Path, lines: Sequence[str]) -> None:
    for name in section.groups:
        if name not in {"", *GROUPS}:
            first, last = section.lines
            line = next(number for number in range(first, last) if lines[number].strip("# ") == name)
            raise SpecloomError(
                f"{name!r} is no kind of change", place=Place(path, line + 1), remedy=f"use {', '.join(GROUPS)}"
            )


def _is_heading(token: Token, *tags: str) -> bool:
    """Return whether a heading starts here, outside of lists and quotations."""
    return token.type == "heading_open" and token.level == 0 and token.tag in tags


def _title(lines: Sequence[str], heading: Token) -> str:
    return lines[_lines(heading)[0]].strip().strip("#").strip()


def _lines(token: Token) -> tuple[int, int]:
    start, end = token.map or (0, 0)
    return start, end
