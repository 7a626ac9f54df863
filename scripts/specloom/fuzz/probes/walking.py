"""Walk a request schema beside a valid instance, and list the changes that each keyword is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.probes.circles import Circles
from specloom.fuzz.probes.edits import Edit, short
from specloom.fuzz.probes.sampling import Sampler
from specloom.fuzz.probes.scalars import choice_edits, number_edits, text_edits, type_edits
from specloom.spec import Document, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT

_MAX_ITEMS: Final = 1000
_MAX_DEPTH: Final = 40
_FURTHER: Final[tuple[tuple[str, Any], ...]] = (
    ("x-unknown", 1), ("unknownMember", "x"), ("unknown", {"a": [None, 1.5, "é"]}), ("0", 1),
)  # fmt: skip


@attrs.frozen
class _Place:
    """Where a value stands, within how many schemas, and whether members may be added to it."""

    tokens: tuple[str, ...] = ()
    depth: int = 0
    grows: bool = True

    def below(self, *tokens: str) -> _Place:
        return _Place((*self.tokens, *tokens), self.depth + 1, self.grows)


_ROOT: Final = _Place()


class Walker:
    """Lists changes of the instances of one document's schemas; whether a change keeps a value valid is seen after."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        """Take the document and its schemas."""
        self._document = document
        self._schemas = schemas
        self._sampler = Sampler(document, schemas)
        self._circles = Circles(document)

    def edits(self, pointer: str, value: Any, place: _Place = _ROOT) -> Iterator[Edit]:
        """Yield the changes of `value`, which satisfies the schema at `pointer`.

        Nothing is added to a value within one that it can hold in turn: there would be no end of it.
        """
        target, schema = self._document.resolve(pointer)
        if not isinstance(schema, dict) or place.depth > _MAX_DEPTH:
            return
        if self._circles.close(pointer, target):
            place = attrs.evolve(place, grows=False)
        pointer, tokens = target, place.tokens
        yield from type_edits(pointer, schema, value, tokens)
        yield from choice_edits(pointer, schema, value, tokens)
        match value:
            case str():
                yield from text_edits(pointer, schema, value, tokens)
            case dict():
                yield from self._object_edits(pointer, schema, value, place)
            case list():
                yield from self._array_edits(pointer, schema, value, place)
            case int() | float() if not isinstance(value, bool):
                yield from number_edits(pointer, schema, tokens)
        for keyword in ("allOf", "oneOf", "anyOf"):
            for index in range(len(schema.get(keyword, ()))):
                below = f"{pointer}/{keyword}/{index}"
                if self._schemas.validator(below).is_valid(value):
                    yield from self.edits(below, value, place.below())

    def _object_edits(
        self, pointer: str, schema: dict[str, Any], value: dict[str, Any], place: _Place
    ) -> Iterator[Edit]:
        tokens = place.tokens
        yield from _tag_edits(pointer, schema, value, tokens)
        yield from _size_edits(pointer, schema, value, tokens)
        known, required = schema.get("properties", {}), schema.get("required", [])
        for index, name in enumerate(required):
            if name in value:
                yield Edit((*tokens, name), ABSENT, f"{pointer}/required/{index}", f"no {name}")
        for name in known:
            below = pointer + json_pointer.join("properties", name)
            yield Edit((*tokens, name), None, below, f"{name} is null")
            if name not in value:
                yield from self._absent(below, name, place)
                continue
            if name not in required:
                yield Edit((*tokens, name), ABSENT, below, f"no {name}")
            yield from self.edits(below, value[name], place.below(name))
        if isinstance(schema.get("additionalProperties"), dict):
            for name in [each for each in value if each not in known][:2]:
                below = f"{pointer}/additionalProperties"
                yield from self.edits(below, value[name], place.below(name))

    def _absent(self, pointer: str, name: str, place: _Place) -> Iterator[Edit]:
        """Yield what adds a member that is not there."""
        tokens = (*place.tokens, name)
        for full in (True, False) if place.grows else ():
            sample = self._sampler.sample(pointer, full=full)
            if sample is not ABSENT:
                yield Edit(tokens, sample, pointer, f"{name} as well")
        wrongs: tuple[Any, ...] = (1, "x", True, [], {})
        for wrong in wrongs:
            yield Edit(tokens, wrong, pointer, f"{name} is {short(wrong)}")

    def _array_edits(self, pointer: str, schema: dict[str, Any], value: list[Any], place: _Place) -> Iterator[Edit]:
        tokens = place.tokens
        sizes = [("minItems", schema["minItems"] + d) for d in (-1, 0) if "minItems" in schema]
        sizes += [("maxItems", schema["maxItems"] + d) for d in (0, 1) if "maxItems" in schema]
        sizes += [("items", size) for size in (0, len(value) + 1, len(value) + 20) if value]
        for keyword, size in sizes:
            if value and 0 <= size <= _MAX_ITEMS:
                items = (value * (size // len(value) + 1))[:size]
                yield Edit(tokens, items, f"{pointer}/{keyword}", f"{size} elements")
        if value:
            if schema.get("uniqueItems"):
                yield Edit(tokens, [*value, value[0]], f"{pointer}/uniqueItems", "the first element twice")
                yield Edit(tokens, [value[-1], *value], f"{pointer}/uniqueItems", "the last element twice")
            wrongs: tuple[tuple[int, Any], ...] = (
                (0, None), (len(value), None), (len(value) // 2, [value[0]]), (len(value), {}),
            )  # fmt: skip
            for index, wrong in wrongs:
                items = [*value[:index], wrong, *value[index:]]
                yield Edit(tokens, items, f"{pointer}/items", f"{short(wrong)} as element {index}")
        prefix = len(schema.get("prefixItems", ()))
        for index in sorted({0, len(value) // 2, len(value) - 1} if value else ()):
            below = f"{pointer}/prefixItems/{index}" if index < prefix else f"{pointer}/items"
            if index < prefix or "items" in schema:
                yield from self.edits(below, value[index], place.below(str(index)))


def _tag_edits(pointer: str, schema: dict[str, Any], value: dict[str, Any], tokens: tuple[str, ...]) -> Iterator[Edit]:
    """Yield other tags of a union, and none (OpenAPI 3.1, 4.8.25)."""
    discriminator = schema.get("discriminator")
    if not isinstance(discriminator, dict):
        return
    name = discriminator["propertyName"]
    rule = f"{pointer}/oneOf" if "oneOf" in schema else pointer
    for tag in (*discriminator.get("mapping", {}), "no-such-tag", "", None):
        if tag != value.get(name):
            yield Edit((*tokens, name), tag, rule, f"the tag {short(tag)}")
    yield Edit((*tokens, name), ABSENT, rule, f"no tag {name}")


def _size_edits(pointer: str, schema: dict[str, Any], value: dict[str, Any], tokens: tuple[str, ...]) -> Iterator[Edit]:
    """Yield objects with further members, and with fewer."""
    closed = "/additionalProperties" if "additionalProperties" in schema else ""
    for name, extra in _FURTHER:
        yield Edit((*tokens, name), extra, f"{pointer}{closed}", f"the further member {name}")
    if value and "properties" not in schema and schema.get("additionalProperties") is not False:
        yield Edit(tokens, {}, pointer, "an empty object")
    if "minProperties" in schema:
        least = dict(list(value.items())[: max(schema["minProperties"] - 1, 0)])
        yield Edit(tokens, least, f"{pointer}/minProperties", f"{len(least)} members")
    if schema.get("maxProperties", _MAX_ITEMS) < _MAX_ITEMS:
        more = {**value, **{f"more{n}": 1 for n in range(schema["maxProperties"] + 1 - len(value))}}
        yield Edit(tokens, more, f"{pointer}/maxProperties", f"{len(more)} members")
