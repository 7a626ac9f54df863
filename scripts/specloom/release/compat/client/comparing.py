"""Compare two generated packages, as those who import them see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from specloom.release.compat.change import Change
from specloom.release.compat.client.classes import class_changes
from specloom.release.compat.client.commands import command_changes
from specloom.release.compat.client.finding import Pair, folded
from specloom.release.compat.client.package import Package, read_package
from specloom.release.compat.client.types import read_type, variance
from specloom.release.compat.client.uses import Uses, judged
from specloom.release.compat.variance import Variance


def client_changes(base: Path, revision: Path) -> tuple[Change, ...]:
    """Return what changed for code that imports the package of an API, the most severe first.

    `base` and `revision` are folders of distributions, as they stand in generated/. Public is what the package and its
    modules errors and models export, the groups of methods, the classes of schemas, and the command line. What a name
    is used for decides: a type that is sent may only widen, one that is received may only narrow. Raises SpecloomError
    when a folder has no package.
    """
    old, new = read_package(base), read_package(revision)
    uses = Uses(old), Uses(new)
    found = [*_class_changes(old, new, uses), *_constant_changes(old, new, uses), *command_changes(old, new)]
    return tuple(sorted(folded(found), key=lambda each: -each.severity))


def _class_changes(old: Package, new: Package, uses: tuple[Uses, Uses]) -> Iterator[Change]:
    for name, base in old.classes.items():
        revision = new.classes.get(name)
        if revision is not None:
            yield from class_changes(name, base, revision, uses)
        else:
            other = new.constants.get(name)
            rule, message = (
                ("client-kind-changed", "it is no class any more") if other else ("client-class-removed", "it is gone")
            )
            yield Pair(name, base, other).broken(rule, message, "code that imports it, or makes one, is wrong")
    for name, revision in new.classes.items():
        if name not in old.classes and name not in old.constants:
            yield Pair(name, None, revision).added("client-class-added", "it is new")


def _constant_changes(old: Package, new: Package, uses: tuple[Uses, Uses]) -> Iterator[Change]:
    for name, base in old.constants.items():
        revision = new.constants.get(name)
        pair = Pair(name, base, revision or new.classes.get(name))
        if revision is not None:
            types = str(base.value), str(revision.value)
            left, right = map(read_type, types)
            found = variance(left, {}, right, {})
            if found is not Variance.SAME:
                severity = judged({*uses[0].of(name), *uses[1].of(name)}, found)
                why = "code that gives it, or reads it, as a value of the old type is wrong"
                yield pair.change("client-constant-changed", severity, f"it was {types[0]} and is {types[1]}", why)
        elif name in new.classes:
            yield pair.broken("client-kind-changed", "it is a class now", "code that uses it as a constant is wrong")
        else:
            yield pair.broken("client-constant-removed", "it is gone", "code that imports it raises ImportError")
    for name, revision in new.constants.items():
        if name not in old.constants and name not in old.classes:
            yield Pair(name, None, revision).added("client-constant-added", "it is new")
