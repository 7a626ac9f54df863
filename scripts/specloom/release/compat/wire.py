"""The wire verdict: whether a client that runs already would break."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.causes import cause
from specloom.release.compat.change import Change
from specloom.release.compat.pairing.operations import operation_pairs
from specloom.release.compat.pairing.schemas import schema_pairs
from specloom.release.compat.pairs import ApiPair, OperationPair, Part
from specloom.release.compat.rules import api_rules, operation_rules
from specloom.release.compat.schemas import schema_changes
from specloom.spec import Document


def wire_changes(base: Document, revision: Document) -> tuple[Change, ...]:
    """Return what changed for clients on the wire, the most severe first.

    What several parts of one operation share, such as a component, is one finding on each side of that operation.
    """
    api = ApiPair(Part(base, "", base.data), Part(revision, "", revision.data))
    pairs = list(operation_pairs(api))
    found = [change for rule in api_rules() for change in rule.check(api)]
    for pair in pairs:
        found += _operation_changes(pair)
    order = {pair.label: index for index, pair in enumerate(pairs)}
    return tuple(sorted(_distinct(found), key=lambda each: (-each.severity, order.get(each.operation or "", -1))))


def _operation_changes(pair: OperationPair) -> Iterator[Change]:
    for rule in operation_rules():
        yield from rule.check(pair)
    for schemas in schema_pairs(pair):
        yield from schema_changes(schemas)


def _distinct(changes: list[Change]) -> list[Change]:
    """Leave out what is the same but for the part of the operation that it was found in."""
    return list({cause(each): each for each in reversed(changes)}.values())[::-1]
