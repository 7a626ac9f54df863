"""Something deprecated stays longer than was announced."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.lifecycle import marked, sunset
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for each in marked(pair):
        was, now = sunset(each.base), sunset(each.revision)
        if was is not None and now is not None and now > was:
            message = f"it was announced to stay until {was}, and now stays until {now}"
            yield each.change(RULE.id, Severity.ADDITIVE, message, why="it works as before, and longer", at="x-sunset")


RULE = OperationRule(
    "sunset-put-off",
    "Something deprecated stays longer than was announced.",
    _check,
)
