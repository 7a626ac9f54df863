"""Pair what an operation is sent: parameters and body."""

from __future__ import annotations

from typing import Final

import attrs

from specloom.release.compat.pairing.match import Match, matched
from specloom.release.compat.pairing.operations import variables
from specloom.release.compat.pairing.parts import child, elements, text
from specloom.release.compat.pairs import OperationPair, Part

# OpenAPI 3.1, 4.8.12.1: a parameter definition of these is ignored.
_IGNORED: Final = {"accept", "authorization", "content-type"}
_LOCATIONS: Final = ("path", "query", "header", "cookie", "querystring")


def parameters(pair: OperationPair) -> list[Match]:
    """Return the parameters of an operation.

    Those in the path are paired by their position there, headers without regard to case; a parameter that is in
    another place (`in`) of the request in the revision makes one match.
    """
    old = _parameters(pair.base_item, pair.base, pair.base_path)
    new = _parameters(pair.revision_item, pair.revision, pair.revision_path)
    found = [_match(pair, base, revision) for _, base, revision in matched(old, new)]
    return _moved(found)


def required(match: Match) -> tuple[bool, bool]:
    """Return whether a parameter must be sent under the base and under the revision; in a path it always must."""
    return _required(match.base), _required(match.revision)


def request_body(pair: OperationPair) -> Match:
    """Return the body of the request; neither side of the match is there when there is none."""
    base, revision = child(pair.base, "requestBody"), child(pair.revision, "requestBody")
    return Match(pair.sent, pair.label, "body", base, revision)


def _match(pair: OperationPair, base: Part | None, revision: Part | None) -> Match:
    named = base or revision
    return Match(pair.sent, pair.label, f"{text(named, 'in')} parameter {text(named, 'name')}", base, revision)


def _required(part: Part | None) -> bool:
    return part is not None and (text(part, "in") == "path" or part.value.get("required") is True)


def _parameters(item: Part | None, operation: Part, path: str) -> dict[tuple[str, str], Part]:
    """Return the parameters by key; those of the operation take the place of those of the path item."""
    positions = {name: str(index) for index, name in enumerate(variables(path))}
    found: dict[tuple[str, str], Part] = {}
    for each in (*elements(item, "parameters"), *elements(operation, "parameters")):
        location, name = text(each, "in"), text(each, "name")
        if location not in _LOCATIONS or not name or (location == "header" and name.lower() in _IGNORED):
            continue
        key = {"path": positions.get(name, name), "header": name.lower()}.get(location, name)
        found[location, key] = each
    return found


def _moved(matches: list[Match]) -> list[Match]:
    """Join a parameter that only the base has with the one of its name that only the revision has."""
    added = {text(each.revision, "name").lower(): each for each in matches if each.added}
    joined: list[Match] = []
    taken: set[int] = set()
    for each in matches:
        other = added.get(text(each.base, "name").lower()) if each.removed else None
        if other is not None and id(other) not in taken:
            taken.add(id(other))
            joined.append(attrs.evolve(each, revision=other.revision))
        else:
            joined.append(each)
    return [each for each in joined if id(each) not in taken]


def moved(match: Match) -> bool:
    """Whether a parameter is in another place of the request in the revision."""
    return match.both and text(match.base, "in") != text(match.revision, "in")
