"""Find many valid bodies of an operation, and ways to make one invalid, from its examples and its schema."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.scope import member
from specloom.spec import Operation, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.expression import ABSENT

_TEXTS: Final = ("", "x", "Žluťoučký kůň 🐎", "a'b\"c\\d <e>&amp; %41", "null", "0", "tab\tline\nend ", "y" * 300)
_WRONG: Final[tuple[Any, ...]] = (17, "text", True, None, [], {}, 0.5)
_MAX_SHAPES: Final = 60
_MAX_EDITS: Final = 60


@attrs.frozen
class Edit:
    """One change of a body at a place: another value there, or ABSENT to take out what is there."""

    tokens: tuple[str, ...]
    value: Any

    def apply(self, body: Any) -> Any:
        """Return a copy of `body` with the change made; ABSENT when the place is not there."""
        if not self.tokens:
            return self.value
        body = copy.deepcopy(body)
        holder = member(body, json_pointer.join(*self.tokens[:-1]))
        if not isinstance(holder, dict | list) or member(holder, json_pointer.join(self.tokens[-1])) is ABSENT:
            return ABSENT
        if self.value is ABSENT:
            if isinstance(holder, list):
                del holder[int(self.tokens[-1])]
            else:
                del holder[self.tokens[-1]]
        else:
            json_pointer.put(holder, json_pointer.join(self.tokens[-1]), self.value)
        return body


class Shapes:
    """The valid forms of an operation's body; for a batch, those of one element of it. The first are the examples."""

    def __init__(self, operation: Operation, schemas: Schemas) -> None:
        """Take an operation and the schemas of its document."""
        media_types = operation.body.media_types if operation.body else ()
        pointer = media_types[0].schema_pointer if media_types else None
        examples = [example.value for example in media_types[0].examples] if media_types else []
        each = operation.transition.each if operation.transition else None
        self._valid: Callable[[Any], bool] = (
            schemas.validator(pointer).is_valid if pointer is not None else lambda _: True
        )
        self.array = ""
        if each is not None and each.root == "request.body" and each.pointer.endswith("/*"):
            self.array = each.pointer.removesuffix("/*")
        self._whole = next((example for example in examples if self._valid(example)), ABSENT)
        found = (
            examples if not self.array else [v for e in examples for _, v in json_pointer.find(e, self.array + "/*")]
        )
        self.valid = tuple(self._variants(found))
        self.optional = operation.body is not None and not operation.body.required
        self.edits = tuple(self._edits())

    def body(self, elements: list[Any]) -> Any:
        """Return a body that has `elements`: of an operation without a batch, the only one."""
        if not self.array:
            return copy.deepcopy(elements[0]) if elements else ABSENT
        body = copy.deepcopy(self._whole)
        # One by one: what two elements share would be one thing in the copy of both.
        json_pointer.put(body, self.array, [copy.deepcopy(element) for element in elements])
        return body

    def _fits(self, element: Any) -> bool:
        return self._valid(self.body([element]))

    def _variants(self, found: list[Any]) -> Iterator[Any]:
        """Yield valid elements that differ from the examples in one member, each once."""
        seen: set[str] = set()
        if self.array and self._whole is ABSENT:
            return
        candidates = [*found]
        candidates += [
            {**one, name: other[name]}
            for one in found
            for other in found
            if isinstance(one, dict) and isinstance(other, dict)
            for name in other
            if name not in one
        ]
        candidates += [changed for one in list(candidates) for changed in _changes(one)]
        for candidate in candidates:
            name = json.dumps(candidate, sort_keys=True)
            if name not in seen and len(seen) < _MAX_SHAPES and self._fits(candidate):
                seen.add(name)
                yield candidate

    def _edits(self) -> Iterator[Edit]:
        """Yield changes that make a body of the first shapes invalid, those of the examples first."""
        seen = 0
        for shape in self.valid[:3]:
            body = self.body([shape])
            for tokens in _places(body):
                for value in (ABSENT, *_WRONG):
                    edited = Edit(tokens, value).apply(body)
                    if edited is not ABSENT and seen < _MAX_EDITS and not self._valid(edited):
                        seen += 1
                        yield Edit(tokens, value)
                        if value is not ABSENT:
                            break


def _places(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the tokens of every place in a JSON value, itself first."""
    yield at
    if isinstance(value, dict | list):
        for name, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(child, (*at, str(name)))


def _changes(value: Any) -> Iterator[Any]:
    """Yield copies of `value` with one member or element left out, or one text or number replaced."""
    for tokens in _places(value):
        if tokens:
            yield Edit(tokens, ABSENT).apply(value)
        found = member(value, json_pointer.join(*tokens))
        others: tuple[Any, ...] = ()
        if isinstance(found, str):
            others = (*_TEXTS, None)
        elif isinstance(found, int | float) and not isinstance(found, bool):
            others = (0, found + 1, -1, None)
        yield from (Edit(tokens, other).apply(value) for other in others)
