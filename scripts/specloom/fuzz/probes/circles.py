"""Tell which references lead back to the schema that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from specloom.spec import Document
from specloom.spec import pointer as json_pointer
from specloom.spec.subschemas import subschemas

_IN_PLACE: Final = re.compile(r"(/(allOf|anyOf|oneOf)/\d+)*")


class Circles:
    """Knows which schemas of one document hold values of themselves, directly or by way of others."""

    def __init__(self, document: Document) -> None:
        """Take the document."""
        self._document = document
        self._direct: dict[str, frozenset[str]] = {}
        self._reached: dict[str, frozenset[str]] = {}

    def close(self, pointer: str, target: str) -> bool:
        """Say whether a value of the schema at `target`, to which that at `pointer` refers, can hold one like its own.

        What a schema is made of in place, as the base of an `allOf`, is not held by it.
        """
        if pointer == target:
            return False
        reached = self._all(target)
        above = accumulate(pointer.split("/")[1:], lambda outer, token: f"{outer}/{token}", initial="")
        return any(each in reached and not _IN_PLACE.fullmatch(pointer[len(each) :]) for each in above)

    def _all(self, pointer: str) -> frozenset[str]:
        """Return the schema itself, and those to which references lead from it, over any number of others."""
        if pointer not in self._reached:
            found, waiting = {pointer}, [pointer]
            while waiting:
                more = self._next(waiting.pop()) - found
                found |= more
                waiting += more
            self._reached[pointer] = frozenset(found)
        return self._reached[pointer]

    def _next(self, pointer: str) -> frozenset[str]:
        if pointer not in self._direct:
            self._direct[pointer] = frozenset(self._references(pointer))
        return self._direct[pointer]

    def _references(self, pointer: str) -> Iterator[str]:
        schema = self._document.at(pointer)
        if isinstance(schema, dict) and "$ref" in schema:
            yield self._document.resolve(pointer)[0]
        for tokens, _ in subschemas(schema):
            yield from self._references(pointer + json_pointer.join(*tokens))
