"""Does an error body name what is at fault where `x-faults` of its response says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.conformance.breach import Breach
from specloom.fuzz.fault_texts import told
from specloom.fuzz.scope import field_tokens
from specloom.spec import Response
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import FaultLayout


@attrs.frozen
class Location:
    """A place in a request: path, query, header or body, and the tokens below it; none for the body as a whole.

    `is_explicit` says that the spec writes the field out, in whatever notation; `message` is what the spec says there.
    """

    part: str
    tokens: tuple[str, ...] = ()
    is_explicit: bool = False
    message: str | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.part, ".".join(self.tokens))))


_NAMED: Final = {"in": "part", "field": "field", "message": "message"}


@attrs.frozen
class _Named:
    """What an entry of an error body names: None where the layout does not tell."""

    part: Any = None
    field: Any = None
    message: Any = None


def unlocated(response: Response, body: Any, places: Iterable[Location], *, is_exact: bool = False) -> Iterator[Breach]:
    """Yield how `body` fails to name one of `places`, any of which will do; without places, any field will.

    With `is_exact`, what only contains the place will not do, nothing else may be named beside it, and the message is
    that of the spec.
    """
    layout = response.faults
    if layout is None:
        return
    rule = f"{response.pointer}/x-faults"
    wanted = list(places)
    named = list(_named(body, json_pointer.split(layout.at), layout, _Named()))
    if not named:
        yield Breach("fault_located", "the error names no field at fault", rule)
        return
    if any(not isinstance(each.message, str | None) or each.message == "" for each in named):
        yield Breach("fault_located", "the error says nothing about the field at fault", rule)
    fitting = [any(_fits(each, place, is_exact=is_exact) for place in wanted) for each in named]
    if wanted and not (all(fitting) if is_exact else any(fitting)):
        found = ", ".join(dict.fromkeys(_said(each) for each in named))
        expected = " or ".join(sorted({_wanted(place, is_exact=is_exact) for place in wanted}))
        yield Breach("fault_located", f"the error names {found}, and what is at fault is {expected}", rule)
    elif not any(place.is_explicit for place in wanted) and any(
        _is_misspelt(each.field, layout.notation) for each in named
    ):
        fields = ", ".join(str(each.field) for each in named)
        yield Breach("fault_located", f"{fields} is not in the notation {layout.notation}", rule)


def _fits(named: _Named, place: Location, *, is_exact: bool) -> bool:
    if isinstance(named.part, str) and named.part != place.part:
        return False
    if not isinstance(named.field, str):
        return named.field is None
    given, wanted = field_tokens(named.field.lower()), field_tokens(".".join(place.tokens).lower())
    if given[:1] == ("body",) and place.part == "body" and wanted[:1] != ("body",):
        given = given[1:]
    if is_exact and (len(given) < len(wanted) or place.message not in {None, named.message}):
        return False
    shared = min(len(given), len(wanted))
    return given[:shared] == wanted[:shared]


def _is_misspelt(field: Any, notation: str) -> bool:
    """Say whether a field has an index in the other notation, or a dot that separates nothing."""
    if not isinstance(field, str):
        return False
    if field != field.strip("."):
        return True
    return "[" in field if notation == "dots" else any(token.isdigit() for token in field.split(".")[1:])


def _named(value: Any, tokens: list[str], layout: FaultLayout, known: _Named) -> Iterator[_Named]:
    """Yield what each entry below `value` names, by the templates in the pointer and in the entry."""
    if not tokens:
        yield _read(layout.source, value, known)
    elif tokens[0] == "*":
        for child in value if isinstance(value, list) else ():
            yield from _named(child, tokens[1:], layout, known)
    elif "{$fault." in tokens[0] and isinstance(value, dict):
        for name, child in value.items():
            yield from _named(child, tokens[1:], layout, _read(tokens[0].strip("{}"), name, known))
    elif isinstance(value, dict) and tokens[0] in value:
        yield from _named(value[tokens[0]], tokens[1:], layout, known)


def _read(source: Any, value: Any, known: _Named) -> _Named:
    """Return `known` with what `value` tells where its template `source` has `$fault.…`."""
    if isinstance(source, dict):
        for name, child in source.items():
            known = _read(child, value.get(name, "") if isinstance(value, dict) else "", known)
        return known
    return attrs.evolve(known, **{_NAMED[name]: each for name, each in told(source, value).items()})


def _said(named: _Named) -> str:
    return " ".join(str(each) for each in (named.part, named.field, named.message) if each is not None)


def _wanted(place: Location, *, is_exact: bool) -> str:
    return f"{place} {place.message}" if is_exact and place.message else str(place)
