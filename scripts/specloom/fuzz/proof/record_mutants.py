"""Servers that move other records than those that a request names, or none, or some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from specloom.fuzz.proof.record_changes import (
    Named,
    another_moved,
    for_any_tenant,
    half_done,
    has_more,
    lost,
    more_changed,
    moved_although_refused,
    moved_beside,
    nearly_named,
)
from specloom.fuzz.proof.serving import Change
from specloom.fuzz.proof.state import State
from specloom.fuzz.scope import member
from specloom.spec import Api, Operation
from specloom.spec.behaviour import Transition


def _in_any_case(given: Any, key: Any) -> bool:
    return str(given).lower() == str(key).lower()


_NEAR: Final[dict[str, Named]] = {
    "white space around it does not count": lambda given, key: str(given).strip() == str(key),
    "its case does not count": _in_any_case,
    "what continues it is taken for it": lambda given, key: str(given).startswith(str(key)),
    "zeros before it do not count": lambda given, key: str(given).lstrip("0") == str(key).lstrip("0"),
}


def record_mutants(api: Api, operation: Operation, transition: Transition, aspect: str) -> Iterator[tuple[str, Change]]:
    """Yield what a server does and the change that makes it do so, for one aspect of a transition."""
    if aspect == "match" and len(transition.match) == 1:
        aspect = "identity"
    make = _BY_ASPECT.get(aspect)
    if make is not None:
        yield from make(State(api, operation, transition))


_Variants = Iterator[tuple[str, Change]]


def _identity(state: State) -> _Variants:
    yield "another record is moved", another_moved(state)
    keys = [str(member(record, key)) for _, record in state.kind.seeded() for key in state.kind.keys]
    for text, named in _NEAR.items():
        # Where no key has letters, case never counts.
        if named is not _in_any_case or any(key.swapcase() != key for key in keys):
            yield text, nearly_named(state, named)


def _others(state: State) -> _Variants:
    yield "another record of the tenant is moved too", moved_beside(state, same_tenant=True)
    if len(state.api.tenants) > 1:
        yield "a record of another tenant is moved too", moved_beside(state, same_tenant=False)
    if has_more(state):
        yield "another member of the record changes too", more_changed(state)


def _refusal(state: State) -> _Variants:
    yield "the record it names is moved", moved_although_refused(state)
    yield "some record is moved", moved_beside(state, same_tenant=True, refused=True)


def _batch(state: State) -> _Variants:
    yield "all but the last stay as they were", lost(state, slice(None, -1))
    yield "the last stays as it was", lost(state, slice(-1, None))
    yield "those after the tenth stay as they were", lost(state, slice(10, None))


def _atomic(state: State) -> _Variants:
    yield "those that are not refused are moved", half_done(state)
    yield "those before the one that is refused are moved", half_done(state, stop=True)


_BY_ASPECT: Final[dict[str, Callable[[State], _Variants]]] = {
    "to": lambda state: iter([("the record stays as it was", lost(state, slice(None)))]),
    "identity": _identity,
    "unknown-record": lambda state: iter([("some record is moved in its place", nearly_named(state, lambda *_: True))]),
    "others": _others,
    "refusal": _refusal,
    "batch": _batch,
    "atomic": _atomic,
    "tenant": lambda state: iter([("records of another tenant are moved", for_any_tenant(state))]),
}
