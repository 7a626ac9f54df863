"""Pair what an operation asks for in credentials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from specloom.release.compat.change import Side
from specloom.release.compat.pairing.match import Match, matched
from specloom.release.compat.pairing.parts import child, fields, members
from specloom.release.compat.pairs import ApiPair, OperationPair, Part
from specloom.spec.equality import equal

Alternative = Mapping[str, frozenset[str]]
"""Schemes that are needed together, each with its scopes; none at all means that no credential is needed."""

_NOTES = ("bearerFormat", "description")


def schemes(api: ApiPair) -> Iterator[Match]:
    """Yield the security schemes of the components; one that was only renamed is the same."""
    base, revision = _schemes(api.base), _schemes(api.revision)
    renamed = _renamed(base, revision)
    for name, old, new in matched(base, {renamed.get(name, name): part for name, part in revision.items()}):
        yield Match(Side.API, None, f"security scheme {name}", old, new)


def flow_matches(api: ApiPair) -> Iterator[Match]:
    """Yield the flows of OAuth of each scheme that is of this type in both documents."""
    for scheme in schemes(api):
        if scheme.both and scheme.old.get("type") == scheme.new.get("type") == "oauth2":
            old, new = dict(members(scheme.base, "flows")), dict(members(scheme.revision, "flows"))
            for name, base, revision in matched(old, new):
                if not name.startswith("x-"):
                    yield Match(Side.API, None, f"{scheme.where}, flow {name}", base, revision)


def requirements(pair: OperationPair) -> Match:
    """Return the security of an operation: its own, or that of the document."""
    base, revision = _requirements(pair.base, pair.api.base), _requirements(pair.revision, pair.api.revision)
    return Match(Side.API, pair.label, "security", base, revision)


def alternatives(pair: OperationPair) -> tuple[list[Alternative], list[Alternative]]:
    """Return the alternatives under the base and under the revision, schemes called by their names in the base.

    Of what the API itself calls there are none: its credentials are not those of clients.
    """
    if pair.inbound:
        return [], []
    renamed = _renamed(_schemes(pair.api.base), _schemes(pair.api.revision))
    match = requirements(pair)
    return _alternatives(match.base, {}), _alternatives(match.revision, renamed)


def losses(pair: OperationPair, kind: str) -> Iterator[Alternative]:
    """Yield the alternatives of the base that are not enough under the revision.

    `kind` says why: "scopes" where further scopes are needed, "schemes" where a further scheme is, "alternative" else.
    """
    old, new = alternatives(pair)
    for given in old:
        if given and not any(satisfies(given, needed) for needed in new) and _kind(given, new) == kind:
            yield given


def gains(pair: OperationPair, kind: str) -> Iterator[Alternative]:
    """Yield the alternatives of the revision that are not enough under the base; `kind` as in `losses`."""
    old, new = alternatives(pair)
    for given in new:
        if given and not any(satisfies(given, needed) for needed in old) and _kind(given, old) == kind:
            yield given


def _kind(given: Alternative, others: Iterable[Alternative]) -> str:
    if any(other.keys() == given.keys() for other in others):
        return "scopes"
    return "schemes" if any(other.keys() > given.keys() for other in others) else "alternative"


def satisfies(given: Alternative, needed: Alternative) -> bool:
    """Whether credentials that were made for `given` are enough for `needed`."""
    return all(scheme in given and scopes <= given[scheme] for scheme, scopes in needed.items())


def named(alternative: Alternative) -> str:
    """Return an alternative in words."""
    return " and ".join(
        f"{scheme} ({', '.join(sorted(scopes))})" if scopes else scheme for scheme, scopes in alternative.items()
    )


def _requirements(operation: Part, api: Part) -> Part:
    return child(operation, "security") or child(api, "security") or operation


def _alternatives(security: Part | None, renamed: Mapping[str, str]) -> list[Alternative]:
    listed = security.value if security is not None and isinstance(security.value, list) else []
    found: list[Alternative] = [
        {renamed.get(name, name): _scopes(scopes) for name, scopes in each.items()}
        for each in listed
        if isinstance(each, Mapping)
    ]
    return found or [{}]


def _scopes(value: Any) -> frozenset[str]:
    return frozenset(each for each in value if isinstance(each, str)) if isinstance(value, list) else frozenset()


def _schemes(api: Part) -> dict[str, Part]:
    return dict(members(api, "components", "securitySchemes"))


def _renamed(base: Mapping[str, Part], revision: Mapping[str, Part]) -> dict[str, str]:
    """Return the names in the base of schemes that have another one in the revision and are alike otherwise."""
    gone = [name for name in base if name not in revision]
    found: dict[str, str] = {}
    for name in (name for name in revision if name not in base):
        alike = [old for old in gone if equal(_essence(base[old]), _essence(revision[name]))]
        if alike:
            found[name] = alike[0]
            gone.remove(alike[0])
    return found


def _essence(scheme: Part) -> dict[str, Any]:
    return {key: value for key, value in fields(scheme).items() if key not in _NOTES and not key.startswith("x-")}
