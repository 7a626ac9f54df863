"""Types as annotations say them, and whether the values of one are among those of another."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Final

import attrs

from specloom.release.compat.variance import Variance

_ANY: Final = {"Any", "object"}
# PEP 484: what a type checker takes for the type on the right.
_PROMOTED: Final = {("int", "float"), ("StrictInt", "StrictFloat"), ("dict", "Mapping"), ("list", "Sequence")}


@attrs.frozen
class Atom:
    """One alternative of a type: `str`, `list[...]` with its arguments, `Literal['a']`, or the name of a class."""

    name: str
    arguments: tuple[Type, ...] = ()
    literal: str | None = None


Type = frozenset[Atom]
"""A type as its alternatives."""

Aliases = Mapping[str, Type]
"""Types that have a name, as `OrderType = Literal["drop", "pick"]`."""


def read_type(code: str) -> Type:
    """Read an annotation, without what `Annotated` adds to a type; code that is no expression is a name of its own."""
    try:
        return _read(ast.parse(code, mode="eval").body)
    except (SyntaxError, RecursionError):
        return frozenset({Atom(code)})


def variance(base: Type, base_aliases: Aliases, revision: Type, revision_aliases: Aliases) -> Variance:
    """Return how the values of a type in the revision stand to those in the base."""
    wider = _fits(base, base_aliases, revision, revision_aliases)
    narrower = _fits(revision, revision_aliases, base, base_aliases)
    if wider and narrower:
        return Variance.SAME
    if wider:
        return Variance.WIDENED
    return Variance.NARROWED if narrower else Variance.CHANGED


def _read(node: ast.expr) -> Type:
    match node:
        case ast.BinOp(left, ast.BitOr(), right):
            return _read(left) | _read(right)
        case ast.Subscript(name, inner):
            return _read_subscript(ast.unparse(name), _parts(inner))
        case ast.Constant(str() as code):
            return read_type(code)
        case _:
            return frozenset({Atom(ast.unparse(node))})


def _read_subscript(name: str, inner: list[ast.expr]) -> Type:
    match name:
        case "Annotated":
            return _read(inner[0])
        case "Optional":
            return _read(inner[0]) | {Atom("None")}
        case "Union":
            return frozenset().union(*map(_read, inner))
        case "Literal":
            values = [each.value for each in inner if isinstance(each, ast.Constant)]
            return frozenset(Atom(type(value).__name__, literal=repr(value)) for value in values)
        case _:
            return frozenset({Atom(name, tuple(map(_read, inner)))})


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else [node]


def _fits(left: Type, left_aliases: Aliases, right: Type, right_aliases: Aliases) -> bool:
    """Whether all values of `left` are among those of `right`; a name that is in both is the same in both."""
    if any(each.name in _ANY for each in right):
        return True
    return all(_is_in(each, left_aliases, right, right_aliases) for each in left)


def _is_in(atom: Atom, aliases: Aliases, right: Type, right_aliases: Aliases) -> bool:
    if any(_is_one(atom, aliases, other, right_aliases) for other in right):
        return True
    opened = frozenset().union(*(right_aliases.get(other.name, frozenset({other})) for other in right))
    if atom.name in aliases:
        return _fits(aliases[atom.name], aliases, opened, right_aliases)
    return opened != right and _is_in(atom, aliases, opened, right_aliases)


def _is_one(atom: Atom, aliases: Aliases, other: Atom, other_aliases: Aliases) -> bool:
    if atom.literal is not None or other.literal is not None:
        return atom == other or (other.literal is None and atom.name == other.name)
    if atom.name != other.name and (atom.name, other.name) not in _PROMOTED:
        return False
    if not other.arguments:
        return True
    return len(atom.arguments) == len(other.arguments) and all(
        _fits(inner, aliases, wanted, other_aliases)
        for inner, wanted in zip(atom.arguments, other.arguments, strict=True)
    )
