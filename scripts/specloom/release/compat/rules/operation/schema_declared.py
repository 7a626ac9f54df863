"""What could be anything before has a schema."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Side
from specloom.release.compat.pairing.schemas import is_open, schema_matches
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.release.compat.variance import Variance


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in schema_matches(pair):
        if is_open(each.base) and not is_open(each.revision):
            asked = each.side is Side.REQUEST
            yield each.change(
                RULE.id,
                Variance.NARROWED,
                "a schema is new where anything was allowed",
                why="what the schema does not allow is refused" if asked else "the schema promises more than before",
                remedy="let the schema accept all that was good before" if asked else "",
            )


RULE = OperationRule(
    "schema-declared",
    "What could be anything before has a schema.",
    _check,
)
