"""The value of a header is written in another way."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.responses import answers, headers
from specloom.release.compat.pairing.serialization import explode, may_be_composite
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        for each in headers(answer):
            was, now = explode(each.base), explode(each.revision)
            if each.both and was != now and may_be_composite(each):
                yield each.change(
                    RULE.id,
                    Severity.BREAKING,
                    f"explode was {str(was).lower()} and is {str(now).lower()}",
                    why="clients read the members of the value in another way than they are written",
                    remedy="keep explode as it was; send the other form under another name",
                    at="explode",
                )


RULE = OperationRule(
    "response-header-format-changed",
    "The value of a header is written in another way.",
    _check,
)
