"""State what the samples of a body show of its members."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.pages.collecting import Collector
from specloom.pages.facts import EXISTS, Subject
from specloom.pages.paths import Step, Steps, write_path
from specloom.pages.tokens import Text
from specloom.pages.tolerant_json import Fault

READER: Final = "samples"
"""Who found what only samples show."""

_PLACEHOLDER: Final = re.compile(r"<[^<>]{1,100}>|\{[^{}]{1,100}\}")
_MAX_PATHS: Final = 10_000
_MAX_VALUES: Final = 50
_MAX_MISSES: Final = 50


@attrs.frozen
class Shown:
    """A sample of a body: its value, what is wrong with it, and where it begins and ends in a text."""

    body: str
    value: Any
    fault: Fault | None
    text: Text
    start: int
    end: int


@attrs.define
class _Seen:
    """What samples show at a path."""

    line: int
    types: set[str] = attrs.field(factory=set)
    values: list[Any] = attrs.field(factory=list)
    count: int = 0
    containers: int = 0


class Bodies:
    """The samples of all bodies of a page."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[Steps, _Seen]] = {}

    def add(self, shown: Shown) -> None:
        """Take another sample into account."""
        seen = self._seen.setdefault(shown.body, {})
        lines = _Lines(shown)
        for path, value, container in _walk(shown.value, ()):
            if path not in seen and len(seen) >= _MAX_PATHS:
                continue
            line = lines.of(path[-1]) if path and isinstance(container, dict) else lines.here
            each = seen.setdefault(path, _Seen(line))
            each.count += 1
            each.types.add(type_name(value))
            scalar = type(value)() if isinstance(value, dict | list) else value
            is_empty = not value if isinstance(value, dict | list) else True
            if is_empty and len(each.values) < _MAX_VALUES and not any(_same(scalar, old) for old in each.values):
                each.values.append(scalar)
            if isinstance(value, dict) and shown.fault != "truncated":
                each.containers += 1

    def paths(self, body: str) -> list[Steps]:
        """Return the paths that the samples of a body have."""
        return list(self._seen.get(body, {}))

    def state(self, facts: Collector) -> None:
        """Add the facts that all samples show."""
        for body, seen in self._seen.items():
            for path, each in seen.items():
                subject = Subject("member", body, write_path(path))
                facts.add(subject, EXISTS, True, each.line, READER)  # noqa: FBT003 - the fact's value
                types = sorted(each.types)
                facts.add(subject, "sample-type", types[0] if len(types) == 1 else types, each.line, READER)
                if each.values:
                    facts.add(subject, "sample", each.values, each.line, READER)
                if path and isinstance(path[-1], str):
                    around = seen[path[:-1]].containers
                    facts.add(
                        subject, "in-sample", "always" if each.count >= around else "sometimes", each.line, READER
                    )


class _Lines:
    """Finds the lines of names in a sample's text, in the order in which they stand there."""

    def __init__(self, shown: Shown) -> None:
        self.here = shown.text.line(shown.start)
        self._text = shown.text
        self._at = shown.start
        self._end = shown.end
        self._misses = 0

    def of(self, name: str | Step) -> int:
        """Return the line of the next member called `name`; of the one before where there is none."""
        if not isinstance(name, str) or self._misses > _MAX_MISSES:
            return self.here
        pattern = re.compile(re.escape(json.dumps(name, ensure_ascii=False)) + r"\s*:")
        found = pattern.search(self._text.text, self._at, self._end)
        if found is None:
            self._misses += 1
        else:
            self.here = self._text.line(found.start())
            self._at = found.end()
        return self.here


def type_name(value: Any) -> str:
    """Return the type of JSON Schema of a value."""
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _walk(value: Any, path: Steps, container: Any = None) -> Iterator[tuple[Steps, Any, Any]]:
    """Yield (path, value, what it is in) of a value and all in it; a name in brackets stands for any name."""
    yield path, value, container
    if isinstance(value, dict):
        for name, each in value.items():
            step = Step.ANY if _PLACEHOLDER.fullmatch(name) else name
            yield from _walk(each, (*path, step), value)
    elif isinstance(value, list):
        for each in value:
            yield from _walk(each, (*path, Step.ITEMS), value)
