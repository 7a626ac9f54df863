"""Read a YAML or JSON file into a document of plain JSON values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from specloom.spec import pointer as json_pointer
from specloom.spec.document import Document
from specloom.spec.errors import Place, SpecloomError

_MAX_DEPTH = 200


class _CoreSchemaLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 core schema: no timestamps, no `on`/`off`/`yes`/`no`, no sexagesimal numbers.

    OpenAPI 3.1 recommends YAML 1.2; PyYAML's own resolvers are those of YAML 1.1.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own protocol


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    _CoreSchemaLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def load(path: Path) -> Document:
    """Read `path` (YAML 1.2 or JSON, UTF-8) and return its document.

    Raises SpecloomError when the file cannot be read or parsed, has a duplicate key, a key that is not a string,
    an alias that contains itself, a number that JSON cannot hold, or more than 200 levels.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SpecloomError("there is no such file", place=Place(path), remedy="check the path") from None
    except UnicodeDecodeError as error:
        raise SpecloomError(f"not UTF-8: {error.reason}", place=Place(path), remedy="save the file as UTF-8") from None
    except OSError as error:
        raise SpecloomError(f"cannot be read: {error.strerror}", place=Place(path), remedy="check the path") from None
    return parse(text, path)


def parse(text: str, path: Path) -> Document:
    """Parse `text` as the content of `path`; errors as for `load`."""
    loader = None
    try:
        loader = _CoreSchemaLoader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SpecloomError(
            f"not YAML: {getattr(error, 'problem', None) or str(error).splitlines()[0]}",
            place=Place(path, None if mark is None else mark.line + 1),
            remedy="correct the syntax at this line or just above it",
        ) from None
    finally:
        if loader is not None:
            loader.dispose()
    if root is None:
        raise SpecloomError("the file is empty", place=Place(path), remedy="write an OpenAPI 3.1 document")
    return Document(path=path, data=_Constructor(path).value(root, []), root=root)


class _Constructor:
    """Turns YAML nodes into JSON values."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done: dict[int, Any] = {}
        self._open: set[int] = set()

    def value(self, node: yaml.Node, tokens: list[str]) -> Any:
        """Return the JSON value of `node`, which stands at the pointer made of `tokens`."""
        if id(node) in self._done:
            return self._done[id(node)]
        if id(node) in self._open:
            raise self._error("this alias contains itself", node, tokens, "write the value out")
        if len(tokens) > _MAX_DEPTH:
            raise self._error(f"more than {_MAX_DEPTH} levels deep", node, tokens, "flatten it")
        self._open.add(id(node))
        if isinstance(node, yaml.MappingNode):
            result: Any = dict(self._members(node, tokens))
        elif isinstance(node, yaml.SequenceNode):
            result = [self.value(child, [*tokens, str(index)]) for index, child in enumerate(node.value)]
        elif isinstance(node, yaml.ScalarNode):
            result = self._scalar(node, tokens)
        else:
            raise self._error("a node of an unknown kind", node, tokens, "write a plain JSON value")
        self._open.discard(id(node))
        self._done[id(node)] = result
        return result

    def _members(self, node: yaml.MappingNode, tokens: list[str]) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error("a key must be a string", key_node, tokens, "use a plain string as key")
            # Status codes are the usual case: `200:` means the string "200", as OpenAPI's own examples quote it.
            key = str(key_node.value)
            if key in seen:
                raise self._error(f"duplicate key {key!r}", key_node, [*tokens, key], "remove or rename one of the two")
            seen.add(key)
            yield key, self.value(value_node, [*tokens, key])

    def _scalar(self, node: yaml.ScalarNode, tokens: list[str]) -> Any:
        kind, text = node.tag.rpartition(":")[2], node.value
        if kind == "str":
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int":
            return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
        if kind == "float":
            if text.lower().lstrip("+-") not in {".inf", ".nan"} and math.isfinite(float(text)):
                return float(text)
            raise self._error(f"{text} is not a JSON number", node, tokens, "use a finite number")
        raise self._error(f"tag {node.tag!r} is not allowed", node, tokens, "write a plain JSON value")

    def _error(self, message: str, node: yaml.Node, tokens: list[str], remedy: str) -> SpecloomError:
        place = Place(self._path, node.start_mark.line + 1, json_pointer.join(*tokens))
        return SpecloomError(message, place=place, remedy=remedy)
