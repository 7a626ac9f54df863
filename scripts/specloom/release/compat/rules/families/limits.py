"""Rules about a keyword that sets a limit: a tighter one narrows what is accepted, a looser one widens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from specloom.release.compat.comparing.forms import Shape
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def most(rule: str, keyword: str, kind: str, implied: Callable[[Shape], int | None] = lambda _: None) -> TypedRule:
    """Return the rule about `keyword`, which says how much of something a value of `kind` may have at most.

    `implied` says how many other keywords of a shape leave, None when they do not matter.
    """

    def check(pair: ShapePair) -> Iterator[Delta]:
        before, after = pair.base.keywords.get(keyword), pair.revision.keywords.get(keyword)
        if _below(after, before) and _below(after, implied(pair.base)):
            yield Delta(Variance.NARROWED, _said(keyword, before, after), keyword)
        elif _below(before, after) and _below(before, implied(pair.revision)):
            yield Delta(Variance.WIDENED, _said(keyword, before, after), keyword)

    return _rule(rule, check, kind, keyword)


def least(rule: str, keyword: str, kind: str, implied: Callable[[Shape], int] = lambda _: 0) -> TypedRule:
    """Return the rule about `keyword`, which says how much of something a value of `kind` must have at least.

    `implied` says how much other keywords of a shape demand.
    """

    def check(pair: ShapePair) -> Iterator[Delta]:
        before, after = pair.base.keywords.get(keyword, 0), pair.revision.keywords.get(keyword, 0)
        if after > max(before, implied(pair.base)):
            yield Delta(Variance.NARROWED, _said(keyword, before or None, after), keyword)
        elif before > max(after, implied(pair.revision)):
            yield Delta(Variance.WIDENED, _said(keyword, before, after or None), keyword)

    return _rule(rule, check, kind, keyword)


def _below(one: int | None, other: int | None) -> bool:
    return one is not None and (other is None or one < other)


def _rule(rule: str, check: Callable[[ShapePair], Iterator[Delta]], kind: str, keyword: str) -> TypedRule:
    return TypedRule(
        rule,
        f"{keyword} added, changed or removed",
        check,
        request=f"Leave {keyword} as it was, or as loose, until the next major version.",
        response=f"Keep what is sent within the old {keyword}, and leave the keyword as it was.",
        types=frozenset({kind}),
    )


def _said(keyword: str, before: int | None, after: int | None) -> str:
    if before is None:
        return f"{keyword} {after} is new"
    if after is None:
        return f"{keyword} {before} is gone"
    return f"{keyword} was {before} and is {after}"
