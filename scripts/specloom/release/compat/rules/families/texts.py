"""Rules about a keyword that holds a text every value must conform to, as `pattern`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def conforming(
    rule: str,
    keyword: str,
    kinds: frozenset[str],
    implies: Callable[[str, str], bool] = lambda one, other: one == other,
) -> TypedRule:
    """Return the rule about `keyword`; `implies` says whether what conforms to one text conforms to the other."""

    def check(pair: ShapePair) -> Iterator[Delta]:
        before, after = pair.base.keywords.get(keyword, ()), pair.revision.keywords.get(keyword, ())
        narrows = any(not any(implies(old, new) for old in before) for new in after)
        widens = any(not any(implies(new, old) for new in after) for old in before)
        message = f"{keyword} was {_said(before)} and is {_said(after)}"
        if narrows and widens:
            unshown = f"{message}; it could not be shown that the old values match the new one"
            yield Delta(Variance.CHANGED, unshown, keyword)
        elif narrows or widens:
            yield Delta(Variance.NARROWED if narrows else Variance.WIDENED, message, keyword)

    return TypedRule(
        rule,
        f"{keyword} added, changed or removed",
        check,
        request=f"Leave {keyword} as it was; check stricter only what is new.",
        response=f"Go on sending what the old {keyword} describes.",
        types=kinds,
    )


def _said(texts: tuple[str, ...]) -> str:
    return " and ".join(repr(text) for text in texts) or "absent"
