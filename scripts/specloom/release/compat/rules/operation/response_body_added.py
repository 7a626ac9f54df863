"""A response has a body where there was none."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in answers(pair):
        if each.match.both and each.match.new.get("content") and not each.match.old.get("content"):
            why = "clients that expect no body do not read it"
            yield each.match.change(RULE.id, Severity.ADDITIVE, "it has a body now", why=why, at="content")


RULE = OperationRule(
    "response-body-added",
    "A response has a body where there was none.",
    _check,
)
