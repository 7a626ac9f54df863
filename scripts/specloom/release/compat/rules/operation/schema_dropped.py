"""What had a schema before can be anything."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.schemas import is_open, schema_matches
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in schema_matches(pair):
        if not is_open(each.base) and is_open(each.revision):
            asked = each.side is Side.REQUEST
            yield each.change(
                RULE.id,
                Variance.WIDENED,
                "there is no schema any more",
                why="all that was good is still accepted" if asked else "clients can no longer rely on what comes",
                remedy="" if asked else "keep the schema as long as the answers satisfy it",
            )


RULE = OperationRule(
    "schema-dropped",
    "What had a schema before can be anything.",
    _check,
)
