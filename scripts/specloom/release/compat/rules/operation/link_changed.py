"""A response has other links."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.pairing.match import matched
from specloom.release.compat.pairing.parts import members
from specloom.release.compat.pairing.responses import answers
from specloom.release.compat.pairs import OperationPair
from specloom.release.compat.rule import OperationRule
from specloom.spec.equality import equal


def _check(pair: OperationPair) -> Iterator[Change]:
    for answer in answers(pair):
        old, new = dict(members(answer.match.base, "links")), dict(members(answer.match.revision, "links"))
        for name, base, revision in matched(old, new):
            if base is None or revision is None or not equal(base.value, revision.value):
                what = "new" if base is None else "gone" if revision is None else "another one"
                match = attrs.evolve(answer.match, where=f"{answer.status} link {name}", base=base, revision=revision)
                why = "a link says what can be called next, and changes no request and no response"
                yield match.change(RULE.id, Severity.NONE, f"it is {what}", why=why)


RULE = OperationRule(
    "link-changed",
    "A response has other links.",
    _check,
)
