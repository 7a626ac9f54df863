"""Compare classes: their bases, methods and attributes."""

from __future__ import annotations

from collections.abc import Iterator

import griffe
from griffe import BreakageKind

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.client.finding import Pair
from specloom.release.compat.client.functions import breakage_changes, function_changes
from specloom.release.compat.client.types import read_type, variance
from specloom.release.compat.client.uses import Use, Uses, judged
from specloom.release.compat.variance import Variance


def class_changes(where: str, base: griffe.Class, revision: griffe.Class, uses: tuple[Uses, Uses]) -> Iterator[Change]:
    """Yield what changed between two versions of the class that is public as `where`."""
    gone = [str(each) for each in base.bases if str(each) not in map(str, revision.bases)]
    if gone:
        why = f"code that catches or takes it as {' or '.join(gone)} no longer does"
        yield Pair(where, base, revision).broken(
            "client-base-removed", f"it is no {' and no '.join(gone)} any more", why
        )
    for breakage in griffe.find_breaking_changes(base, revision):
        name = breakage.obj.name
        pair = Pair(f"{where}.{name}", base.members.get(name), revision.members.get(name))
        yield from breakage_changes(pair, breakage)
        yield from _name_changes(pair, breakage)
    for name, member in revision.members.items():
        if member.is_public:
            pair = Pair(f"{where}.{name}", base.members.get(name), member)
            yield from _member_changes(pair, name, member, base, uses)


def _name_changes(pair: Pair, breakage: griffe.Breakage) -> Iterator[Change]:
    if breakage.kind is BreakageKind.OBJECT_REMOVED:
        kind = "method" if breakage.obj.is_function else "attribute"
        yield pair.broken(f"client-{kind}-removed", "it is gone", "code that uses it raises AttributeError")
    elif breakage.kind is BreakageKind.OBJECT_CHANGED_KIND:
        message = f"it was a {breakage.old_value.value} and is a {breakage.new_value.value}"
        yield pair.broken("client-kind-changed", message, "code that uses it as it was is wrong")


def _member_changes(
    pair: Pair, name: str, member: griffe.Object | griffe.Alias, base: griffe.Class, uses: tuple[Uses, Uses]
) -> Iterator[Change]:
    """Yield what griffe does not look for in a member of a class: what is new, and types."""
    old = base.members.get(name)
    if isinstance(member, griffe.Function) and isinstance(old, griffe.Function):
        yield from function_changes(pair, old, member, uses)
    elif isinstance(member, griffe.Attribute) and isinstance(old, griffe.Attribute):
        yield from _attribute_changes(pair, old, member, uses)
    elif isinstance(member, griffe.Function) and old is None:
        yield pair.added("client-method-added", "it is new")
    elif isinstance(member, griffe.Attribute) and old is None:
        yield from _added_attribute(pair, member, uses)


def _added_attribute(pair: Pair, member: griffe.Attribute, uses: tuple[Uses, Uses]) -> Iterator[Change]:
    severity = judged(_uses(pair, uses), Variance.NARROWED)
    if _is_field(pair, member) and member.value is None and severity is Severity.BREAKING:
        why = "code that makes such an object without it raises TypeError"
        yield pair.broken("client-required-attribute-added", "it is new, and has to be given", why)
    else:
        yield pair.added("client-attribute-added", "it is new")


def _attribute_changes(
    pair: Pair, old: griffe.Attribute, new: griffe.Attribute, uses: tuple[Uses, Uses]
) -> Iterator[Change]:
    types = str(old.annotation), str(new.annotation)
    left, right = map(read_type, types)
    found = variance(left, uses[0].aliases, right, uses[1].aliases)
    if found is not Variance.SAME:
        why = "code that gives it, or reads it, as a value of the old type is wrong"
        message = f"it was {types[0]} and is {types[1]}"
        yield pair.change("client-attribute-type-changed", judged(_uses(pair, uses), found), message, why)
    elif _is_field(pair, new) and new.value is None and old.value is not None:
        severity = judged(_uses(pair, uses), Variance.NARROWED)
        why = "code that makes such an object without it raises TypeError"
        yield pair.change("client-attribute-became-required", severity, "it has to be given now", why)


def _is_field(pair: Pair, member: griffe.Attribute) -> bool:
    """Whether an attribute is given when an object is made, as those of models are."""
    return pair.where.startswith(("models.", "schemas.")) and member.annotation is not None


def _uses(pair: Pair, uses: tuple[Uses, Uses]) -> set[Use]:
    model = pair.where.rpartition(".")[0]
    return {*uses[0].of(model), *uses[1].of(model)}
