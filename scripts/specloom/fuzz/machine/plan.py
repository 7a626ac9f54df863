"""What the state machine knows of one operation: how it names records, its bodies, parameters and near misses."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from specloom.fuzz.conformance import WORDS
from specloom.fuzz.live import Splicer
from specloom.fuzz.machine.shapes import Shapes
from specloom.fuzz.scope import location_of, member
from specloom.fuzz.targets import KnownRecord, Supply
from specloom.spec import Api, Operation, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Transition, Within
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT, Expression, Template, template

Given = list[tuple[str, Expression, Any]]
_MAX_CHOICES: Final = 12


class Plan:
    """The requests that can be made for one operation with a transition.

    `choices` are the sets of (pointer, expression) that can name a record, those with the fewest members first.
    `extras` are sets of values of the parameters that name no record.
    """

    def __init__(
        self, api: Api, operation: Operation, transition: Transition, schemas: Schemas, supply: Supply
    ) -> None:
        """Take an operation and its transition."""
        self.operation = operation
        self.transition = transition
        self.kind = api.records[transition.record]
        self.shapes = Shapes(operation, schemas)
        self.splicer = Splicer(api, operation, schemas)
        self.header_names = {each.name for each in operation.parameters if each.location == "header"}
        self.choices = tuple(self._choices())
        self.extras = tuple(self._extras())
        self.success_body = _success_body(api, operation)
        self._supply = supply

    @property
    def detailed(self) -> tuple[int, ...]:
        """The numbers of the shapes with values that have to be within those of the record."""
        within = [each.values for each in self.operation.constraints if isinstance(each, Within)]
        return tuple(
            number
            for number, shape in enumerate(self.shapes.valid)
            if any(True for each in within for _ in json_pointer.find(shape, each.pointer))
        )

    def _choices(self) -> Iterator[list[tuple[str, Expression]]]:
        needed = [pair for pair in self.transition.match if self._is_needed(pair[1])]
        others = [pair for pair in self.transition.match if pair not in needed]
        subsets = itertools.chain.from_iterable(
            itertools.combinations(others, count) for count in range(len(others) + 1)
        )
        choices = (needed + list(subset) for subset in subsets)
        found = (choice for choice in choices if any(pointer in self.kind.keys for pointer, _ in choice))
        yield from itertools.islice(found, _MAX_CHOICES)

    def _is_needed(self, expression: Expression) -> bool:
        location, pointer = location_of(expression)
        if location == "body":
            return True
        name = pointer.removeprefix("/").lower()
        return any(p.required for p in self.operation.parameters if (p.location, p.name.lower()) == (location, name))

    def _extras(self) -> Iterator[Mapping[str, Any]]:
        """Yield the values of parameters that name no record: the required ones, each of the others, and all."""
        matched = {location_of(expression) for _, expression in self.transition.match}
        free = {
            each.name: (each.required, each.examples[0].value)
            for each in self.operation.parameters
            if each.location in {"query", "header"} and each.examples
            if (each.location, "/" + (each.name.lower() if each.location == "header" else each.name)) not in matched
        }
        required = {name: value for name, (needed, value) in free.items() if needed}
        optional = {name: value for name, (needed, value) in free.items() if not needed}
        yield required
        yield from ({**required, name: value} for name, value in optional.items())
        if len(optional) > 1:
            yield {**required, **optional}

    def unknown(self, given: Given, number: int) -> dict[str, Any] | None:
        """Return a key that no record has in place of the one given, by pointer; None when there are fewer such keys.

        The first are close to the key that was given, unless the server may hold more records than are known.
        """
        pointer, value = next((pointer, value) for pointer, _, value in given if pointer in self.kind.keys)
        keys = [key for key in _near_misses(value, close=not self._supply.is_listed) if self._is_free(pointer, key)]
        # With two keys given, one that is unknown is enough; the other still names the record.
        return {pointer: keys[number]} if number < len(keys) else None

    def _is_free(self, pointer: str, key: Any) -> bool:
        return not self._supply.is_named(self.kind.name, pointer, key)

    def mismatched(self, given: Given, known: list[KnownRecord]) -> Given | None:
        """Return the members that name a record with one of them taken from another; None when all name alike."""
        if len(given) < 2:  # noqa: PLR2004 - one member alone is never at odds with another
            return None
        pointer, expression, value = given[-1]
        others = [member(record.body, pointer) for record in known]
        others += (
            [value + 1] if isinstance(value, int) and not isinstance(value, bool) else self._enumerated(expression)
        )
        for other in others:
            if other is not ABSENT and not equal(other, value):
                return [*given[:-1], (pointer, expression, other)]
        return None

    def _enumerated(self, expression: Expression) -> list[Any]:
        location, pointer = location_of(expression)
        name = pointer.removeprefix("/")
        return [
            v
            for p in self.operation.parameters
            if (p.location, p.name) == (location, name)
            for v in p.schema.get("enum", ())
        ]


def _success_body(api: Api, operation: Operation) -> Template | None:
    """Return the template of the answer to a success, in which words for people may be any."""
    answer = operation.answers.get("success")
    if answer is None or answer.body is None:
        return None
    return template(_loosened(api.document.at(f"{answer.pointer}/body")))


def _loosened(source: Any) -> Any:
    """Return the source of a template with `WORDS` in place of literals that have a space in them."""
    if isinstance(source, dict):
        return {name: _loosened(child) for name, child in source.items()}
    if isinstance(source, list):
        return [_loosened(child) for child in source]
    return WORDS if isinstance(source, str) and " " in source else source


def _near_misses(value: Any, *, close: bool) -> Iterator[Any]:
    """Yield keys unlike `value`, as a server may confuse them: longer, shorter, in another case, far away."""
    if isinstance(value, int):
        yield from (value + 1_000_003, value + 7) if close else (value + 1_000_000_007,)
        return
    if not isinstance(value, str):
        return
    digits = "".join("73901"[index % 5] for index in range(19))
    yield "".join(c for c in value if not c.isdigit())[:12] + digits if not value.isdigit() else digits
    if close:
        yield from (value + "0", "0" + value, value[:-1], value[1:], value.swapcase(), value + "%", value + "_")
        yield value[:-1] + "%"
        yield "_" + value[1:]
        yield "%"
