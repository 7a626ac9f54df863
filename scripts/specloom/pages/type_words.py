"""Read the words in which pages state types, such as `integer`, `array [object {3}]` or `string | null`."""

from __future__ import annotations

import re
from typing import Final

import attrs

_WORDS: Final = {
    **{name: (name,) for name in ("string", "integer", "number", "boolean", "object", "array", "null")},
    **dict.fromkeys(("int", "int32", "int64", "long"), ("integer",)),
    **dict.fromkeys(("float", "double", "decimal"), ("number",)),
    **dict.fromkeys(("enum", "text", "str"), ("string",)),
    "bool": ("boolean",),
    "list": ("array",),
    "map": ("object",),
    # A nested value, of which this name does not say whether it is an object or an array.
    "json-string": ("array", "object"),
    "json": ("array", "object"),
}
_FORMATS: Final = frozenset({"date", "date-time", "uuid", "email", "uri", "binary", "ipv4", "ipv6", "hostname", "byte"})
_ARRAY: Final = re.compile(r"(?:array|list)\s*(?:\[(.+)\]|<(.+)>|\((.+)\)|\s+of\s+(.+?)s?)", re.IGNORECASE)
_WORD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]*)\s*(?:<([\w-]+)>|\(([\w-]+)\)|\{(\d{1,4})\})?")
_OR: Final = re.compile(r"\s*\|\s*|\s+or\s+")
_MAX: Final = 80
_MAX_DEPTH: Final = 5


@attrs.frozen
class Type:
    """Types of JSON Schema, sorted; `items` is that of the elements, `member_count` says how many members there are."""

    names: tuple[str, ...]
    items: Type | None = None
    format: str | None = None
    is_nullable: bool = False
    member_count: int | None = None

    @property
    def value(self) -> str | list[str]:
        """The names, or the only one."""
        return self.names[0] if len(self.names) == 1 else list(self.names)

    @property
    def is_container(self) -> bool:
        """Whether members may be inside."""
        return bool({"array", "object"} & set(self.names)) and not (
            self.items is not None and not self.items.is_container
        )


def read_type(text: str, depth: int = 0) -> Type | None:
    """Return the type that `text` and nothing else states, or None."""
    text = text.strip().strip("`")
    if not text or len(text) > _MAX or depth > _MAX_DEPTH:
        return None
    if (array := _ARRAY.fullmatch(text)) is not None:
        inner = read_type(next(group for group in array.groups() if group), depth + 1)
        return None if inner is None else Type(("array",), items=inner)
    if text.endswith("[]"):
        inner = read_type(text[:-2], depth + 1)
        return None if inner is None else Type(("array",), items=inner)
    parts = _OR.split(text)
    if len(parts) > 1:
        return _union([read_type(part, depth + 1) for part in parts])
    return _single(text)


def _union(types: list[Type | None]) -> Type | None:
    known = [each for each in types if each is not None]
    if len(known) < len(types):
        return None
    names = sorted({name for each in known for name in each.names} - {"null"})
    first = next((each for each in known if each.names != ("null",)), known[0])
    is_nullable = any("null" in each.names or each.is_nullable for each in known)
    return attrs.evolve(first, names=tuple(names) or ("null",), is_nullable=is_nullable and bool(names))


def _single(text: str) -> Type | None:
    found = _WORD.fullmatch(text)
    if found is None:
        return None
    word = found[1].lower()
    suffix = found[2] or found[3]
    if word in _FORMATS and suffix is None:
        return Type(("string",), format=word)
    names = _WORDS.get(word)
    if names is None:
        return None
    if word == "enum" and suffix:
        return _single(suffix)
    return Type(names, format=suffix, member_count=int(found[4]) if found[4] else None)
