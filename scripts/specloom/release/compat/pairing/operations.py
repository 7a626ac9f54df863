"""Pair the operations of two documents, webhooks and callbacks among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from specloom.release.compat.pairing.match import matched
from specloom.release.compat.pairing.parts import members, text
from specloom.release.compat.pairs import ApiPair, OperationPair, Part
from specloom.spec.api import METHODS

_METHODS: Final = (*METHODS, "query")  # OpenAPI 3.2 adds the method QUERY
_VARIABLE: Final = re.compile(r"\{[^{}]*\}")


@attrs.frozen
class Endpoint:
    """An operation of one document."""

    method: str
    path: str
    operation: Part
    item: Part

    @property
    def label(self) -> str:
        """Method and path, as in `POST /orders/{id}/cancel`."""
        return f"{self.method.upper()} {self.path}"


EndpointMatch = tuple[Endpoint | None, Endpoint | None]


def template(path: str) -> str:
    """Return a path without the names of its variables, which no request shows."""
    return _VARIABLE.sub("{}", path)


def variables(path: str) -> list[str]:
    """Return the names of the variables of a path template, in their order."""
    return [found[1:-1] for found in _VARIABLE.findall(path)]


def endpoints(paths: Iterable[tuple[str, Part]]) -> Iterator[Endpoint]:
    """Yield the operations of the path items in `paths`."""
    for path, item in paths:
        if path.startswith("x-"):
            continue
        for method, operation in members(item):
            if method in _METHODS:
                yield Endpoint(method, path, operation, item)
        for method, operation in members(item, "additionalOperations"):  # OpenAPI 3.2
            yield Endpoint(method.lower(), path, operation, item)


def endpoint_matches(base: Iterable[Endpoint], revision: Iterable[Endpoint]) -> list[EndpointMatch]:
    """Pair operations: each of either document is in one pair.

    The same method and path make a pair, then those whose paths differ in the names of variables only, then those
    that have one operationId.
    """
    left, right = list(base), list(revision)
    found: dict[str, Endpoint] = {}
    for key in (_label, _template, _operation_id):
        others = {key(each): each for each in reversed(right) if key(each)}
        for each in [each for each in left if key(each) in others and each.label not in found]:
            other = others.pop(key(each), None)
            if other is not None:
                found[each.label] = other
                right.remove(other)
    return [*((each, found.get(each.label)) for each in left), *((None, each) for each in right)]


def paths(api: Part, holder: str = "paths") -> Iterator[Endpoint]:
    """Yield the operations of a document below `holder`, which is `paths` or `webhooks`."""
    return endpoints(members(api, holder))


def operation_pairs(api: ApiPair) -> Iterator[OperationPair]:
    """Yield each operation that both documents have, with the webhooks, and with the callbacks of each."""
    for holder in ("paths", "webhooks"):
        for base, revision in endpoint_matches(paths(api.base, holder), paths(api.revision, holder)):
            if base is not None and revision is not None:
                name = base.label if holder == "paths" else f"webhook {base.label}"
                pair = _pair(name, base, revision, api, inbound=holder == "webhooks")
                yield pair
                yield from _callbacks(pair)


def callback_matches(pair: OperationPair) -> Iterator[tuple[str, EndpointMatch]]:
    """Yield (name, match) for each operation of the callbacks of an operation."""
    old, new = dict(members(pair.base, "callbacks")), dict(members(pair.revision, "callbacks"))
    for name, left, right in matched(old, new):
        for match in endpoint_matches(endpoints(members(left)), endpoints(members(right))):
            yield name, match


def _callbacks(pair: OperationPair) -> Iterator[OperationPair]:
    for name, (base, revision) in callback_matches(pair):
        if base is not None and revision is not None:
            yield _pair(f"{pair.label}, callback {name}", base, revision, pair.api, inbound=not pair.inbound)


def _pair(label: str, base: Endpoint, revision: Endpoint, api: ApiPair, *, inbound: bool) -> OperationPair:
    return OperationPair(
        label=label,
        base=base.operation,
        revision=revision.operation,
        api=api,
        base_path=base.path,
        revision_path=revision.path,
        inbound=inbound,
        base_item=base.item,
        revision_item=revision.item,
    )


def _label(endpoint: Endpoint) -> str:
    return endpoint.label


def _template(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {template(endpoint.path)}"


def _operation_id(endpoint: Endpoint) -> str:
    return text(endpoint.operation, "operationId")
