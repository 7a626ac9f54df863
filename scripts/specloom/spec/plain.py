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
    """Return the value of a text that is YAML, of one document, without anchors and tags; limits as for `json_value`.

    Raises UnusualError when it is not, has a duplicate key or one that is no scalar, or a number that JSON cannot hold.
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

    def read(self) -> Any:
        """Return the value of the one document."""
        event = self._loader.get_event
        if type(event()) is not yaml.StreamStartEvent or type(event()) is not yaml.DocumentStartEvent:
            raise UnusualError
        value = self._value()
        if type(event()) is not yaml.DocumentEndEvent or type(event()) is not yaml.StreamEndEvent:
            raise UnusualError
        return value

    def _value(self) -> Any:
        """Return the next value; the collections around it wait in a list, for there may be many."""
        values = self._values
        waiting: list[tuple[Any, str | None]] = []
        holder: Any = None
        key: str | None = None
        while values:
            event = self._loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if key is None and type(holder) is dict:
                    key = self._key(event, holder)
                    continue
                value = self._scalar(event)
            elif kind in _STARTS:
                if not _is_plain(event) or len(waiting) == self._depth or (key is None and type(holder) is dict):
                    raise UnusualError
                waiting.append((holder, key))
                holder, key = _STARTS[kind](), None
                continue
            elif kind in _ENDS:
                value = holder
                holder, key = waiting.pop()
            else:
                break
            values -= 1
            if holder is None:
                return value
            if key is None:
                holder.append(value)
            else:
                holder[key], key = value, None
        raise UnusualError  # too many values, or an alias

    def _key(self, event: yaml.ScalarEvent, holder: dict[str, Any]) -> str:
        if not _is_plain(event) or event.value in holder:
            raise UnusualError
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if not _is_plain(event):
            raise UnusualError
        text = event.value
        if not event.implicit[0]:
            return text
        if text not in self._plain:
            tag = self._loader.resolve(yaml.ScalarNode, text, event.implicit)
            self._plain[text] = scalar(tag.rpartition(":")[2], text)
        return self._plain[text]


def _is_plain(event: Any) -> bool:
    return event.anchor is None and event.tag is None


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
