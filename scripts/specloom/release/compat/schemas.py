"""Say what a changed schema means for those who send or receive its values: the schema half of the wire verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.comparing.comparison import Comparison
from specloom.release.compat.comparing.found import Found
from specloom.release.compat.pairs import SchemaPair
from specloom.release.compat.variance import Variance
from specloom.spec import Document

_WHY: Final = {
    (Side.REQUEST, Variance.NARROWED): "A request that was valid before is refused now.",
    (Side.REQUEST, Variance.CHANGED): "A request that was valid before may be refused now, or mean something else.",
    (Side.RESPONSE, Variance.WIDENED): "Clients may receive what the old document told them they never would.",
    (Side.RESPONSE, Variance.CHANGED): "Clients may receive what the old document told them they never would.",
}


@attrs.frozen
class _Last:
    """The documents compared last: an API is compared operation by operation, and most of them share their schemas."""

    base: Document
    revision: Document
    sides: dict[Side, Comparison]


_last: list[_Last] = []


def schema_changes(pair: SchemaPair) -> Iterator[Change]:
    """Yield what changed in a schema and in all that is inside it, each with its places in both documents.

    `pair.where` goes before the path of the value, as in `body $` before `.items[].count`. A schema that cannot be
    read gives a finding like any other; nothing is raised.
    """
    comparison = _comparison(pair.base.document, pair.revision.document, pair.side)
    seen = set()
    for found in comparison.compare((pair.base.pointer,), (pair.revision.pointer,)):
        what = (found.rule.id, found.delta, found.base, found.revision)
        if what not in seen:  # schemas that several members share are reported at the first of them
            seen.add(what)
            yield _change(pair, found)


def _comparison(base: Document, revision: Document, side: Side) -> Comparison:
    if not (_last and _last[0].base is base and _last[0].revision is revision):
        _last[:] = [_Last(base, revision, {})]
    sides = _last[0].sides
    if side not in sides:
        sides[side] = Comparison(base, revision, side)
    return sides[side]


def _change(pair: SchemaPair, found: Found) -> Change:
    severity = found.delta.variance.severity(pair.side)
    breaking = severity is Severity.BREAKING
    remedy = found.rule.request if pair.side is Side.REQUEST else found.rule.response
    return Change(
        rule=found.rule.id,
        severity=severity,
        side=pair.side,
        operation=pair.operation,
        where=pair.where + found.path,
        base=pair.base.document.place(found.base),
        revision=pair.revision.document.place(found.revision),
        message=found.delta.message,
        why=(found.delta.why or _WHY[pair.side, found.delta.variance]) if breaking else "",
        remedy=(found.delta.remedy or remedy) if breaking else "",
    )
