"""Read the values of a text in which nothing is unusual, several times as fast as with a node for each of them."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import yaml

from specloom.spec.core_schema import CoreSchemaLoader, finite, scalar

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_BEGINS_JSON: Final = re.compile(r"\s*[{\[]")

_STARTS: Final[dict[type, type]] = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
_ENDS: Final = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


class UnusualError(Exception):
    """Something is unusual, and perhaps wrong."""


def json_value(text: str, depth: int, values: int) -> Any:
    """Return the value of a text that is JSON, at most `depth` levels deep and of at most `values` values.

    Raises UnusualError when it is not, has a duplicate key, or a number or a text that JSON cannot hold.
    """
    if not _BEGINS_JSON.match(text):
        raise UnusualError
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse, parse_float=finite)
    except (ValueError, RecursionError):
        raise UnusualError from None
    _check_size(value, depth, values)
    if _SURROGATE.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise UnusualError from None
    return value


def yaml_value(text: str, depth: int, values: int) -> Any:
    """Return the value of a text that is YAML, of one document and without tags; limits as for `json_value`.

    What an alias stands for is the same value each time, and counts each time. Raises UnusualError when it is not, has
    a duplicate key or one that is no scalar, a number that JSON cannot hold, or an alias that contains itself.
    """
    loader = CoreSchemaLoader(text)
    try:
        return _Reader(loader, depth, values).read()
    except (yaml.YAMLError, ValueError):
        raise UnusualError from None
    finally:
        loader.dispose()


class _Reader:
    """Makes values of the events of a loader."""

    def __init__(self, loader: Any, depth: int, values: int) -> None:
        self._loader = loader
        self._depth = depth
        self._values = values
        self._plain: dict[str, Any] = {}
        self._anchors: dict[str, Any] = {}

    def read(self) -> Any:
        """Return the value of the one document."""
        event = self._loader.get_event
        if type(event()) is not yaml.StreamStartEvent or type(event()) is not yaml.DocumentStartEvent:
            raise UnusualError
        value = self._value()
        if self._anchors:
            _check_size(value, self._depth, self._values)
        if type(event()) is not yaml.DocumentEndEvent or type(event()) is not yaml.StreamEndEvent:
            raise UnusualError
        return value

    def _value(self) -> Any:
        """Return the next value; the collections around it wait in a list, for there may be many."""
        values = self._values
        waiting: list[tuple[Any, str | None, str | None]] = []
        holder: Any = None
        key: str | None = None
        anchor: str | None = None
        while values:
            event = self._loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if key is None and type(holder) is dict:
                    key = self._key(event, holder)
                    continue
                value = self._scalar(event)
                self._name(event.anchor, value)
            elif (
                kind is yaml.AliasEvent and event.anchor in self._anchors and not (key is None and type(holder) is dict)
            ):
                value = self._anchors[event.anchor]
            elif kind in _STARTS:
                if event.tag is not None or len(waiting) == self._depth or (key is None and type(holder) is dict):
                    raise UnusualError
                waiting.append((holder, key, anchor))
                holder, key, anchor = _STARTS[kind](), None, event.anchor
                continue
            elif kind in _ENDS:
                value = holder
                self._name(anchor, value)
                holder, key, anchor = waiting.pop()
            else:
                break
            values -= 1
            if holder is None:
                return value
            if key is None:
                holder.append(value)
            else:
                holder[key], key = value, None
        raise UnusualError  # too many values, or an alias of what is not there

    def _name(self, anchor: str | None, value: Any) -> None:
        """Let aliases stand for `value`, which is whole."""
        if anchor is not None:
            if anchor in self._anchors:
                raise UnusualError
            self._anchors[anchor] = value

    def _key(self, event: yaml.ScalarEvent, holder: dict[str, Any]) -> str:
        if event.anchor is not None or event.tag is not None or event.value in holder:
            raise UnusualError
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.tag is not None:
            raise UnusualError
        text = event.value
        if not event.implicit[0]:
            return text
        if text not in self._plain:
            tag = self._loader.resolve(yaml.ScalarNode, text, event.implicit)
            self._plain[text] = scalar(tag.rpartition(":")[2], text)
        return self._plain[text]


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError
    return members


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _check_size(value: Any, depth: int, values: int) -> None:
    level = [value]
    while level:
        collections = [each for each in level if isinstance(each, dict | list)]
        values -= len(level)
        depth -= bool(collections)
        if values < 0 or depth < 0:
            raise UnusualError
        level = [inner for each in collections for inner in (each.values() if isinstance(each, dict) else each)]
