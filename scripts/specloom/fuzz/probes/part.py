"""The probes as a part of a campaign, those first that find most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from specloom.fuzz.context import Context
from specloom.fuzz.probes import (
    batches,
    bodies,
    constraints,
    guards,
    identity,
    parameters,
    preferred,
    raw,
    routes,
    states,
)
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.probe import Family
from specloom.fuzz.probes.session import Session
from specloom.fuzz.result import Event, LeftOut

FAMILIES: Final[tuple[Callable[[Bench], Family], ...]] = (
    constraints.broken, identity.first, preferred.answers, guards.wrong, states.refused, guards.tenants,
    identity.unknown, batches.atomic, states.allowed, guards.forbidden, guards.accepted, identity.mismatched,
    batches.repeated, bodies.invalid, parameters.invalid, raw.malformed, raw.words, raw.media_types, batches.sizes,
    parameters.valid, bodies.valid, parameters.repeated, parameters.undecodable, routes.methods, routes.paths,
    routes.spellings, states.chains,
)  # fmt: skip
"""Families of probes in the order of their power: a run that stops at the first failure is quick.

What names no record comes before any record is used up: a server that takes the first it has would refuse that later.
"""


def probes(context: Context, families: tuple[Callable[[Bench], Family], ...] = FAMILIES) -> Iterator[Event]:
    """Yield what comes of all probes."""
    bench = Bench(context)
    for operation in context.api.operations:
        shapes = bench.shapes[operation.label]
        if shapes.problem:
            yield LeftOut(f"{operation.label}: {shapes.problem}")
        elif bench.credential(operation) is None:
            yield LeftOut(f"{operation.label}: no credential is known that may call it")
        elif operation.transition is not None and not bench.records(operation, bench.tenant):
            yield LeftOut(f"{operation.label}: no record is known that it can act on")
        if bench.control is None and (statuses := preferred.unreached(operation)):
            yield LeftOut(f"{operation.label}: the answers {', '.join(statuses)}, to which no request leads")
    session = Session(bench)
    for family in families:
        if context.is_over:
            return
        yield from session.run(partial(family, bench))
