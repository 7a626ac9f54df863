"""Rules about the ends of a range of numbers: minimum, exclusiveMinimum, maximum, exclusiveMaximum."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from specloom.release.compat.comparing.forms import Bound
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def bound(rule: str, keyword: str, tighter: Callable[[Bound, Bound], bool]) -> TypedRule:
    """Return the rule about `keyword` and its exclusive twin; `tighter` says whether one bound leaves less."""

    def check(pair: ShapePair) -> Iterator[Delta]:
        before, after = pair.base.keywords.get(keyword), pair.revision.keywords.get(keyword)
        if after is not None and (before is None or tighter(after, before)):
            yield Delta(Variance.NARROWED, _said(keyword, before, after), keyword)
        elif before is not None and (after is None or tighter(before, after)):
            yield Delta(Variance.WIDENED, _said(keyword, before, after), keyword)

    return TypedRule(
        rule,
        f"{keyword} or its exclusive twin added, changed or removed",
        check,
        request=f"Leave the {keyword} as it was, or as loose, until the next major version.",
        response=f"Keep what is sent within the old {keyword}, and leave it as it was.",
        types=frozenset({"number"}),
    )


def _said(keyword: str, before: Bound | None, after: Bound | None) -> str:
    if before is None:
        return f"the {keyword} {after} is new"
    return f"the {keyword} {before} is gone" if after is None else f"the {keyword} was {before} and is {after}"
