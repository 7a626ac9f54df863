"""Read a YAML or JSON file into a document of plain JSON values."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import attrs
import yaml

from specloom.spec import pointer as json_pointer
from specloom.spec.core_schema import CoreSchemaLoader, compose, scalar
from specloom.spec.document import Document
from specloom.spec.errors import Place, SpecloomError
from specloom.spec.plain import UnusualError, json_value, yaml_value
from specloom.spec.source import Source

# An OpenAPI document needs about 30 levels. More than some thousand overflow libyaml's stack, which ends the process.
_MAX_DEPTH: Final = 200
# Aliases of aliases grow exponentially; what a spec needs, written out, is far below.
_MAX_VALUES: Final = 1_000_000
_GZIP: Final = b"\x1f\x8b"  # RFC 1952, section 2.3.1
_SPEC: Final = "write an OpenAPI 3.1 document"
_SYNTAX: Final = "correct the syntax at this line or just above it"


def load(path: Path, *, empty: str = _SPEC) -> Document:
    """Read `path` (YAML 1.2 or JSON, UTF-8) and return its document.

    Raises SpecloomError when the file cannot be read or parsed, has a duplicate key, a key that is not a string,
    an alias that contains itself, a number that JSON cannot hold, more than 200 levels, or, with its aliases
    written out, more than a million values. `empty` is the remedy for a file that is empty.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SpecloomError("there is no such file", place=Place(path), remedy="check the path") from None
    except UnicodeDecodeError as error:
        if error.object.startswith(_GZIP):
            raise SpecloomError("this is compressed", place=Place(path), remedy="unpack it with gunzip") from None
        place = Place(path, error.object.count(b"\n", 0, error.start) + 1)
        raise SpecloomError(f"not UTF-8: {error.reason}", place=place, remedy="save the file as UTF-8") from None
    except OSError as error:
        raise SpecloomError(f"cannot be read: {error.strerror}", place=Place(path), remedy="check the path") from None
    return parse(text, path, empty=empty)


def parse(text: str, path: Path, *, empty: str = _SPEC) -> Document:
    """Parse `text` as the content of `path`; errors as for `load`."""
    with suppress(UnusualError):
        return Document(path, json_value(text, _MAX_DEPTH, _MAX_VALUES), Source(text, is_json=True))
    with suppress(UnusualError):
        return Document(path, yaml_value(text, _MAX_DEPTH, _MAX_VALUES), Source(text))
    # Something is wrong, or there are aliases: now it matters where everything stands.
    try:
        _check_depth(text, path)
        root = compose(text)
    except yaml.YAMLError as error:
        raise (_json_error(text, path) or _yaml_error(error, path)) from None
    if root is None:
        raise SpecloomError("the file is empty", place=Place(path), remedy=empty)
    return Document(path, _Constructor(path).build(root, []).value, Source(text))


def _json_error(text: str, path: Path) -> SpecloomError | None:
    """Return what is wrong with the JSON of a file that is called so; None when JSON knows nothing against it."""
    if path.suffix.lower() == ".json":
        try:
            json.loads(text.removeprefix("\ufeff"))
        except json.JSONDecodeError as error:
            return SpecloomError(f"not JSON: {error.msg}", place=Place(path, error.lineno), remedy=_SYNTAX)
    return None


def _yaml_error(error: yaml.YAMLError, path: Path) -> SpecloomError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return SpecloomError(
        f"not YAML: {problem}", place=Place(path, None if mark is None else mark.line + 1), remedy=_SYNTAX
    )


def _check_depth(text: str, path: Path) -> None:
    """Raise SpecloomError when `text` is nested too deeply, without building anything of it."""
    depth = 0
    loader = CoreSchemaLoader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _MAX_DEPTH:
                    place = Place(path, None if event.start_mark is None else event.start_mark.line + 1)
                    raise SpecloomError(f"more than {_MAX_DEPTH} levels deep", place=place, remedy="flatten it")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    finally:
        loader.dispose()


@attrs.frozen
class _Built:
    """A finished value, and with all aliases written out the number of values in it and of levels below it."""

    value: Any
    values: int = 1
    levels: int = 0


class _Constructor:
    """Turns YAML nodes into JSON values."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done: dict[int, _Built] = {}
        self._open: set[int] = set()

    def build(self, node: yaml.Node, tokens: list[str]) -> _Built:
        """Return the JSON value of `node`, which stands at the pointer made of `tokens`."""
        if id(node) in self._open:
            raise self._error("this alias contains itself", node, tokens, "write the value out")
        if id(node) not in self._done:
            self._open.add(id(node))
            self._done[id(node)] = self._build(node, tokens)
            self._open.discard(id(node))
        built = self._done[id(node)]
        if len(tokens) + built.levels > _MAX_DEPTH:
            raise self._error(f"more than {_MAX_DEPTH} levels deep", node, tokens, "flatten it")
        if built.values > _MAX_VALUES:
            message = f"more than {_MAX_VALUES} values with the aliases written out"
            raise self._error(message, node, tokens, "use fewer aliases")
        return built

    def _build(self, node: yaml.Node, tokens: list[str]) -> _Built:
        kind = node.tag.rpartition(":")[2]
        if isinstance(node, yaml.MappingNode) and kind == "map":
            members = dict(self._members(node, tokens))
            return _collection({key: built.value for key, built in members.items()}, members.values())
        if isinstance(node, yaml.SequenceNode) and kind == "seq":
            elements = [self.build(child, [*tokens, str(index)]) for index, child in enumerate(node.value)]
            return _collection([built.value for built in elements], elements)
        if isinstance(node, yaml.ScalarNode):
            return _Built(self._scalar(kind, node, tokens))
        raise self._error(f"tag {node.tag!r} is not allowed", node, tokens, "write a plain JSON value")

    def _members(self, node: yaml.MappingNode, tokens: list[str]) -> Iterator[tuple[str, _Built]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error("a key must be a string", key_node, tokens, "use a plain string as key")
            # Status codes are the usual case: `200:` means the string "200", as OpenAPI's own examples quote it.
            key = str(key_node.value)
            if key in seen:
                raise self._error(f"duplicate key {key!r}", key_node, [*tokens, key], "remove or rename one of the two")
            seen.add(key)
            yield key, self.build(value_node, [*tokens, key])

    def _scalar(self, kind: str, node: yaml.ScalarNode, tokens: list[str]) -> Any:
        text = node.value
        try:
            return scalar(kind, text)
        except ValueError:
            raise self._error(f"{text[:40]} is not a JSON number", node, tokens, "use a finite number") from None
        except LookupError:
            raise self._error(f"tag {node.tag!r} is not allowed", node, tokens, "write a plain JSON value") from None

    def _error(self, message: str, node: yaml.Node, tokens: list[str], remedy: str) -> SpecloomError:
        place = Place(self._path, node.start_mark.line + 1, json_pointer.join(*tokens))
        return SpecloomError(message, place=place, remedy=remedy)


def _collection(value: Any, parts: Collection[_Built]) -> _Built:
    levels = 1 + max((part.levels for part in parts), default=0)
    return _Built(value, 1 + sum(part.values for part in parts), levels)
