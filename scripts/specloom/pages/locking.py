"""Write the facts of a page into pages.yaml, and leave everything else in it as it is."""

from __future__ import annotations

import copy
import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import Any, Final

import attrs
import yaml

from specloom.pages import flow
from specloom.pages.facts import Fact
from specloom.pages.lock import Lock, LockedPage, nested, read_lock
from specloom.spec import SpecloomError
from specloom.spec import pointer as json_pointer
from specloom.spec.equality import equal
from specloom.spec.reading import parse

_LEVELS: Final = {"title": 0, "parameter": 2, "media-type": 2, "member": 2, "header": 2, "sample": 2}


@attrs.frozen
class Reading:
    """What was read from a capture: its facts and the digest of its words, the day, and the URL if it has one."""

    facts: tuple[Fact, ...] = attrs.field(repr=False)
    digest: str
    captured: dt.date
    url: str | None = None


def lock_page(lock: Lock, page: LockedPage, reading: Reading) -> LockedPage:
    """Write `reading` to where `page` stands in its pages.yaml; return it as read back.

    A `url` replaces the one that stands there, None keeps it. Other members, comments and pages stay as they are.
    Raises SpecloomError when the file is written in a way that does not allow that; it is not touched then.
    """
    document = lock.document
    text = document.path.read_text("utf-8")
    data: dict[str, Any] = {} if reading.url is None else {"url": reading.url}
    data |= {"captured": reading.captured.isoformat(), "sha256": reading.digest, "facts": nested(reading.facts)}
    changed = _spliced(lock, page, text, data)
    expected = copy.deepcopy(document.data)
    json_pointer.get(expected, page.pointer).update(data)
    if not equal(parse(changed, document.path).data, expected):
        remedy = "write each page as a list element with its members on lines of their own"
        raise document.error("the facts cannot be written here", page.pointer, remedy)
    _replace(document.path, changed)
    return next(each for each in read_lock(document.path).pages if each.pointer == page.pointer)


def _spliced(lock: Lock, page: LockedPage, text: str, data: dict[str, Any]) -> str:
    """Return the file's text with lines for the members in `data`, at the page's end, in place of their old ones."""
    node = _node(lock, int(page.pointer.rpartition("/")[2]))
    if node.flow_style:
        raise lock.document.error(
            "this page is written on one line", page.pointer, "write its members on lines of their own"
        )
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    keep = [True] * len(lines)
    last = 0
    for key, value in node.value:
        end = max(_last(value), key.end_mark.line)
        if key.value in data:
            keep[key.start_mark.line : end + 1] = [False] * (end + 1 - key.start_mark.line)
        last = max(last, end)
    indent = node.start_mark.column
    first = node.value[0][0].start_mark.line
    if not keep[first]:
        raise lock.document.error("a page begins with its title", page.pointer, "put `title` first")
    new = "".join(_written(name, value, indent) for name, value in data.items())
    before = "".join(line for line, kept in zip(lines[: last + 1], keep, strict=False) if kept)
    return before + new + "".join(lines[last + 1 :])


def _last(node: yaml.Node) -> int:
    """Return the 0-based line on which a value ends."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return max(_last(node.value[-1][1]), int(node.value[-1][0].end_mark.line))
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last(node.value[-1])
    end = node.end_mark
    # A block scalar's mark is at the start of the line after it.
    return int(end.line) - (end.column == 0 and end.line > node.start_mark.line)


def _node(lock: Lock, index: int) -> yaml.MappingNode:
    """Return the YAML node of a page."""
    root: Any = lock.document.source.root
    pages = next(value for key, value in root.value if key.value == "pages")
    found = pages.value[index]
    assert isinstance(found, yaml.MappingNode)  # noqa: S101 - read_lock has seen to it
    return found


def _written(name: str, value: Any, indent: int) -> str:
    if name != "facts":
        return flow.entry(name, value, indent)
    text = f"{' ' * indent}facts:\n"
    for kind, held in value.items():
        text += _level(kind, held, indent + 2, _LEVELS.get(kind, 1))
    return text if value else f"{' ' * indent}facts: {{}}\n"


def _level(name: str, value: dict[str, Any], indent: int, levels: int) -> str:
    if levels == 0 or not value:
        return flow.entry(name, value, indent)
    inner = "".join(_level(each, held, indent + 2, levels - 1) for each, held in value.items())
    return f"{' ' * indent}{flow.plain(name)}:\n{inner}"


def _replace(path: Path, text: str) -> None:
    """Put `text` in the place of a file in one step."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".pages-", suffix=".yaml")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise SpecloomError(f"{path} cannot be written: {error.strerror}", remedy="check its permissions") from None
