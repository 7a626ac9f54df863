"""A response has no body any more."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in answers(pair):
        if each.match.both and each.match.old.get("content") and not each.match.new.get("content"):
            yield each.match.change(
                RULE.id,
                Severity.BREAKING,
                "it has no body any more",
                why="clients read the body, and fail without one",
                remedy="go on sending the body",
                at="content",
            )


RULE = OperationRule(
    "response-body-removed",
    "A response has no body any more.",
    _check,
)
