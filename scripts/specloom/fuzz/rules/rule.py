"""One rule that a spec states."""

from __future__ import annotations

import hashlib

import attrs


@attrs.frozen
class Rule:
    """What a spec demands at one place of one operation, or of the whole API where `operation` is empty.

    `kind` is an area and an aspect, as in `body.pattern`; `operation` a label such as `POST /orders/{id}/cancel`;
    `pointer` leads to what states the rule in the document. `at` tells places apart that share a component: it is the
    pointer that leads there from the operation, as if each `$ref` on the way were written out, and ends with the member
    that is meant where one keyword states several rules.
    """

    kind: str
    operation: str
    pointer: str
    text: str
    at: str

    @property
    def id(self) -> str:
        """A short name that stays the same as long as the rule does."""
        digest = hashlib.sha256(f"{self.kind} {self.operation} {self.at}".encode()).hexdigest()
        return f"{self.kind}-{digest[:8]}"

    @property
    def area(self) -> str:
        """The part of the contract that the rule belongs to, such as `body` or `transition`."""
        return self.kind.partition(".")[0]

    @property
    def aspect(self) -> str:
        """What of its area the rule is about, such as `pattern` or `from`."""
        return self.kind.partition(".")[2]
