"""Find out which types of a package are sent by those who use it, and which they receive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import griffe

from specloom.release.compat.change import Severity, Side
from specloom.release.compat.client.package import Package
from specloom.release.compat.client.types import Aliases, Type, read_type
from specloom.release.compat.variance import Variance

_CONSTRUCTOR = "__init__"


@attrs.frozen
class Use:
    """A use of a model or of a named type: its side, and whether any text is as good there (`OrderStatus | str`)."""

    side: Side
    open: bool = False


class Uses:
    """What a package's models and named types are used for."""

    def __init__(self, package: Package) -> None:
        """Follow the types of `package` from its methods and errors through its models."""
        self._package = package
        self.aliases = _aliases(package)
        self._found: dict[str, set[Use]] = {}
        for side, type_ in _entrances(package):
            self._follow(side, type_)

    def of(self, name: str) -> set[Use]:
        """Return the uses of a model or named type, as in `models.Order`; that of pydantic counts as the other."""
        return self._found.get(name.rpartition(".")[2], set())

    def _follow(self, side: Side, type_: Type) -> None:
        text = any(each.name == "str" and each.literal is None for each in type_)
        for atom in type_:
            for inner in atom.arguments:
                self._follow(side, inner)
            use = Use(side, open=text)
            if use not in self._found.setdefault(atom.name, set()):
                self._found[atom.name].add(use)
                for inner in _members(self._package.classes.get(f"models.{atom.name}")):
                    self._follow(side, inner)


def judged(uses: Iterable[Use], change: Variance) -> Severity:
    """Return how severe the change of a type is for its uses; where there is none, it may be used in any way."""
    sides = {use.side for use in uses if not use.open}
    if change is Variance.SAME:
        return Severity.NONE
    if not sides:
        return Severity.ADDITIVE if any(use.open for use in uses) else change.severity(Side.REQUEST)
    return max(change.severity(side) for side in sides)


def _entrances(package: Package) -> Iterator[tuple[Side, Type]]:
    """Yield the types that are given to methods, and those that come back or are in an error."""
    for name, found in package.classes.items():
        if name.startswith(("models.", "schemas.")):
            continue
        for member in found.members.values():
            if isinstance(member, griffe.Function):
                for parameter in member.parameters:
                    yield Side.REQUEST, read_type(str(parameter.annotation))
                yield Side.RESPONSE, read_type(str(member.returns))
        yield from ((Side.RESPONSE, inner) for inner in _members(found))


def _members(found: griffe.Class | None) -> Iterator[Type]:
    for member in found.members.values() if found else ():
        if isinstance(member, griffe.Attribute) and member.annotation is not None:
            yield read_type(str(member.annotation))


def _aliases(package: Package) -> Aliases:
    return {
        name.rpartition(".")[2]: read_type(str(found.value))
        for name, found in package.constants.items()
        if name.startswith("models.")
    }
