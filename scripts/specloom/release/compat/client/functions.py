"""Compare the parameters and the results of methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import griffe
from griffe import BreakageKind

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.client.finding import Pair
from specloom.release.compat.client.types import Atom, Type, read_type, variance
from specloom.release.compat.client.uses import Uses
from specloom.release.compat.variance import Variance

# What griffe finds about a parameter: our rule, what is said of it, and why it breaks code.
_BREAKAGES: Final = {
    BreakageKind.PARAMETER_REMOVED: ("client-parameter-removed", "it is gone", "a call that gives it raises TypeError"),
    BreakageKind.PARAMETER_MOVED: (
        "client-parameter-moved",
        "it is at another place",
        "a call that gives it without its name gives another one",
    ),
    BreakageKind.PARAMETER_CHANGED_KIND: (
        "client-parameter-kind-changed",
        "it was {0.kind.value} and is {1.kind.value}",
        "a call that gives it in the way that is gone raises TypeError",
    ),
    BreakageKind.PARAMETER_CHANGED_DEFAULT: (
        "client-parameter-default-changed",
        "left out it was {0.default} and is {1.default}",
        "a call without it says something else than before",
    ),
    BreakageKind.PARAMETER_CHANGED_REQUIRED: (
        "client-parameter-became-required",
        "it has to be given now",
        "a call without it raises TypeError",
    ),
    BreakageKind.PARAMETER_ADDED_REQUIRED: (
        "client-required-parameter-added",
        "it is new, and has to be given",
        "a call without it raises TypeError",
    ),
}

# The types of what stands for a parameter that is left out.
_LEFT_OUT: Final = frozenset({Atom("Unset"), Atom("None")})


def breakage_changes(pair: Pair, breakage: griffe.Breakage) -> Iterator[Change]:
    """Yield our finding for what griffe found about a parameter of a method."""
    if breakage.kind in _BREAKAGES:
        rule, message, why = _BREAKAGES[breakage.kind]
        parameter = breakage.old_value or breakage.new_value
        message = message.format(breakage.old_value, breakage.new_value)
        yield pair.broken(rule, message, why, inside=f"({parameter.name})")


def function_changes(
    pair: Pair, base: griffe.Function, revision: griffe.Function, uses: tuple[Uses, Uses]
) -> Iterator[Change]:
    """Yield what griffe does not look for in two versions of a method: types, and what does no harm."""
    old = {each.name: each for each in base.parameters}
    for each in revision.parameters:
        inside = f"({each.name})"
        if each.name in old:
            if old[each.name].required and not each.required:
                message = "it may be left out now"
                yield pair.change("client-parameter-became-optional", Severity.ADDITIVE, message, inside=inside)
            types = _shown(old[each.name].annotation), _shown(each.annotation)
            lost = _LEFT_OUT if each.required and not old[each.name].required else frozenset()
            for severity, message in _judged(types, uses, Side.REQUEST, lost):
                why = "code that gives a value of the old type is wrong"
                yield pair.change("client-parameter-type-changed", severity, message, why, inside=inside)
        elif not each.required:
            message = "it is new, and may be left out"
            yield pair.change("client-optional-parameter-added", Severity.ADDITIVE, message, inside=inside)
    for severity, message in _judged((_shown(base.returns), _shown(revision.returns)), uses, Side.RESPONSE):
        why = "code that takes the result for one of the old type is wrong"
        yield pair.change("client-return-type-changed", severity, message, why)


def _judged(
    types: tuple[str, str], uses: tuple[Uses, Uses], side: Side, lost: Type = frozenset()
) -> Iterator[tuple[Severity, str]]:
    """Judge a type; that it loses the alternatives `lost` is told by another finding."""
    old, new = map(read_type, types)
    found = variance(old - lost, uses[0].aliases, new - lost, uses[1].aliases)
    if found is not Variance.SAME:
        yield found.severity(side), f"it was {types[0]} and is {types[1]}"


def _shown(annotation: str | griffe.Expr | None) -> str:
    return "Any" if annotation is None else str(annotation)
