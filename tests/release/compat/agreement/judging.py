"""Judge a pair of documents twice: by the rules, and by values that one of the two accepts and the other refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import attrs
from jsonschema_rs import Draft202012Validator
from tests.release.compat.agreement.documents import Maker, circular
from tests.release.compat.agreement.edits import edited
from tests.release.compat.agreement.sent import closed
from tests.release.compat.agreement.values import Values

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairs import Part, SchemaPair
from specloom.release.compat.schemas import schema_changes
from specloom.spec import Document, Schemas
from specloom.spec.source import Source

ROOT = "/components/schemas/Root"


def document(data: dict[str, Any]) -> Document:
    """Return `data` as a document in which every line is the first."""
    return Document(Path("spec.yaml"), data, Source("{}", is_json=True))


def changes(base: dict[str, Any], revision: dict[str, Any], side: Side) -> list[Change]:
    """Return what changed in the first schema of two documents."""
    parts = [Part(document(data), ROOT, data["components"]["schemas"]["Root"]) for data in (base, revision)]
    return list(schema_changes(SchemaPair(side, "POST /roots", "body $", *parts)))


@attrs.frozen
class Accepted:
    """What the first schema of a document accepts, and makes."""

    values: Values
    all: Draft202012Validator
    contract: Draft202012Validator

    @classmethod
    def of(cls, data: dict[str, Any], random: Random) -> Accepted:
        """Compile the first schema of `data`, as it stands and with declared members only."""
        schemas = Schemas(document(closed(data)))
        return cls(Values(data, random), schemas.validator(ROOT), schemas.validator(f"{ROOT}SentOnly"))


@attrs.frozen
class Pair:
    """Two documents, and what their first schemas accept."""

    base: dict[str, Any]
    revision: dict[str, Any]
    before: Accepted
    after: Accepted

    def broken(self, side: Side) -> list[Change]:
        """Return the breaking changes on one side."""
        return [each for each in changes(self.base, self.revision, side) if each.severity.label == "breaking"]

    def refused(self, side: Side, tries: int) -> Any:
        """Return a value that one side may send and the other refuses, in a list; an empty one when none is found."""
        sender, receiver = (self.before, self.after) if side is Side.REQUEST else (self.after, self.before)
        for index in range(2 * tries):
            value = (sender if index < tries else receiver).values.value(ROOT)
            sent = sender.all.is_valid(value) and sender.contract.is_valid(value)
            if sent and not receiver.all.is_valid(value):
                return [value]
        return []


def pairs(seeds: range) -> Iterator[tuple[int, Pair]]:
    """Yield a random pair for each seed: mostly a document and an edited one, sometimes two that know nothing of it."""
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - cases to try, not secrets
        base = revision = {"components": {"schemas": {"Root": {"$ref": ROOT}}}}
        while circular(base) or circular(revision):
            base = Maker(random).document()
            revision = edited(base, random) if random.random() < 0.85 else Maker(random).document()
        yield seed, Pair(base, revision, Accepted.of(base, random), Accepted.of(revision, random))
