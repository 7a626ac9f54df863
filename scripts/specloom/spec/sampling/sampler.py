"""Make values of a schema, always the same ones for the same seed."""

from __future__ import annotations

from random import Random
from typing import Any, Final

import jsonschema_rs

from specloom.spec.document import Document
from specloom.spec.expression import ABSENT
from specloom.spec.sampling.making import MAX_DEPTH, Examples, Making, Purpose
from specloom.spec.sampling.mending import mended
from specloom.spec.schemas import Schemas

_ATTEMPTS: Final = 24
_SMALLEST: Final = 20
"""The attempt from which values have nothing that they need not have."""

_MENDED: Final = 6
"""How many of the attempts are mended where they miss; that takes longer than the next attempt."""
_EXAMPLES: Final[tuple[Examples, ...]] = ("all", "scalars", "none")
"""Which examples are used in each attempt, the last for all further ones."""


class NoValueError(ValueError):
    """No value was found; `closest` is the one that missed the schema by least, ABSENT where none could be made."""

    def __init__(self, message: str, closest: Any = ABSENT) -> None:
        """Take a message for people."""
        super().__init__(message)
        self.closest = closest


class Sampler:
    """Makes values of the schemas of one document."""

    def __init__(self, document: Document, schemas: Schemas, purpose: Purpose = "answer") -> None:
        """Take a document and its compiled schemas; a request has no members that may only be read, and so on."""
        self._document = document
        self._schemas = schemas
        self._purpose = purpose

    def sample(self, schema_pointer: str, seed: str, *, examples: bool = False) -> Any:
        """Return a value of the schema at `schema_pointer`; with `examples`, made of those in it where there are some.

        Raises NoValueError when none was found: the schema says too much at once, or cannot be met.
        """
        validator = self._schemas.validator(schema_pointer)
        found: list[Any] = []
        for attempt in range(_ATTEMPTS):
            try:
                value = self._attempt(schema_pointer, seed, attempt, examples=examples)
            except RecursionError:
                break
            if validator.is_valid(value):
                return value
            if attempt < _MENDED:
                value, is_valid = mended(validator, value)
                if is_valid:
                    return value
                found.append(value)
        message = f"no value was found for the schema at {schema_pointer}; give it an example"
        raise NoValueError(message, _closest(validator, found))

    def _attempt(self, schema_pointer: str, seed: str, attempt: int, *, examples: bool) -> Any:
        # Values that satisfy a caller's test, not secrets. Later attempts stay smaller, and trust fewer examples.
        chosen: Examples = _EXAMPLES[min(attempt, 2)] if examples else "none"
        random = Random(f"{seed}/{attempt}")  # noqa: S311
        making = Making(self._document, random, chosen, self._purpose)
        return making.value({"$ref": f"#{schema_pointer}"}, MAX_DEPTH if attempt >= _SMALLEST else attempt // 8)


def _closest(validator: jsonschema_rs.Draft202012Validator, found: list[Any]) -> Any:
    return min(found, key=lambda value: sum(1 for _ in validator.iter_errors(value)), default=ABSENT)
