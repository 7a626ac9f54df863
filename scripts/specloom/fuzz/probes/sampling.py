"""Make up a small value that satisfies a schema, where no example gives one."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from specloom.fuzz.probes.circles import Circles
from specloom.spec import Document, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT

_MAX_DEPTH: Final = 12
_TEXTS: Final = (
    "x", "0", "1", "a", "A", "ab", "AB", "00", "01", "a1", "A1", "a-1", "A-1", "abc", "ABC", "123", "1234", "12345",
)  # fmt: skip
_FORMATS: Final = {
    "date-time": "2030-01-31T12:00:00Z",
    "date": "2030-01-31",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "email": "somebody@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uri-reference": "/a",
    "uuid": "3f0b2f5e-7b3f-4a5e-9c55-0d2c8f1d6a11",
    "regex": "a",
    "json-pointer": "/a",
}


class Sampler:
    """Makes up values for the schemas of one document."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        """Take the document, and its schemas to check values with."""
        self._document = document
        self._schemas = schemas
        self._circles = Circles(document)
        self._found: dict[tuple[str, bool, int], Any] = {}

    def sample(self, pointer: str, *, full: bool = False) -> Any:
        """Return a value for the schema at `pointer`, all of it if `full`; ABSENT when none is found.

        A value within one that it can hold in turn has what is required of it alone: objects that hold lists of each
        other would grow without end.
        """
        return deepcopy(self._first(pointer, full=full, depth=0))

    def _first(self, pointer: str, *, full: bool, depth: int) -> Any:
        # Schemas that refer to each other are met again and again, once for each way that leads to them.
        pointer, full = self._followed(pointer, full=full)
        known = (pointer, full, depth)
        if known not in self._found:
            validator = self._schemas.validator(pointer)
            values = self._candidates(pointer, full=full, depth=depth)
            self._found[known] = next(
                (each for each in values if each is not ABSENT and validator.is_valid(each)), ABSENT
            )
        return self._found[known]

    def _followed(self, pointer: str, *, full: bool) -> tuple[str, bool]:
        """Return the schema at the end of the references at `pointer`, and whether all of its members are wanted."""
        target, _ = self._document.resolve(pointer)
        return target, full and not self._circles.close(pointer, target)

    def _candidates(self, pointer: str, *, full: bool, depth: int) -> Iterator[Any]:
        pointer, full = self._followed(pointer, full=full)
        schema = self._document.at(pointer)
        if not isinstance(schema, dict) or depth > _MAX_DEPTH:
            return
        if "const" in schema:
            yield schema["const"]
        yield from schema.get("enum", ())
        yield from (value for value in schema.get("examples", ()))
        if "default" in schema:
            yield schema["default"]
        for keyword in ("oneOf", "anyOf", "allOf"):
            found: list[Any] = [
                next(self._candidates(f"{pointer}/{keyword}/{index}", full=full, depth=depth + 1), ABSENT)
                for index in range(len(schema.get(keyword, ())))
            ]
            if keyword == "allOf" and found and all(isinstance(each, dict) for each in found):
                yield {name: value for each in found for name, value in each.items()}
            yield from found
        declared = schema.get("type", "object" if "properties" in schema else "string")
        for name in [declared] if isinstance(declared, str) else declared:
            yield from self._typed(name, pointer, schema, full=full, depth=depth)

    def _typed(self, name: str, pointer: str, schema: dict[str, Any], *, full: bool, depth: int) -> Iterator[Any]:
        match name:
            case "object":
                yield self._object(pointer, schema, full=full, depth=depth)
            case "array":
                count = max(schema.get("minItems", 0), 1 if full else 0)
                has_items = "items" in schema
                item = self._first(f"{pointer}/items", full=full, depth=depth + 1) if has_items and count else "x"
                if item is not ABSENT:
                    yield [item] * count
                elif not schema.get("minItems"):
                    yield []  # its elements hold it in turn
            case "string":
                if schema.get("format") in _FORMATS:
                    yield _FORMATS[schema["format"]]
                least = schema.get("minLength", 0)
                yield from (text if len(text) >= least else text + text[-1] * (least - len(text)) for text in _TEXTS)
                yield ""
            case "integer" | "number":
                yield from _numbers(schema)
            case "boolean":
                yield True
            case "null":
                yield None

    def _object(self, pointer: str, schema: dict[str, Any], *, full: bool, depth: int) -> Any:
        found: dict[str, Any] = {}
        required = schema.get("required", [])
        for name in schema.get("properties", {}):
            if name in required or full:
                below = pointer + json_pointer.join("properties", name)
                value = self._first(below, full=full, depth=depth + 1)
                if value is not ABSENT:
                    found[name] = value
                elif name in required:
                    return ABSENT
        return found


def _numbers(schema: dict[str, Any]) -> Iterator[Any]:
    step = schema.get("multipleOf", 1)
    for name in ("minimum", "maximum"):
        if name in schema:
            yield schema[name]
    for name, sign in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        if name in schema:
            yield schema[name] + sign * step
    yield from (0, 1, step, -1)
