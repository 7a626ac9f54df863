"""The probes over an application in the same process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from specloom.fuzz.context import Context
from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.part import FAMILIES, probes
from specloom.fuzz.probes.probe import Family
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.result import Case, Event, Failure, LeftOut
from specloom.spec import Api

Families = tuple[Callable[[Bench], Family], ...]


@attrs.frozen
class NoControl:
    """The control plane of a server that has none."""

    available: bool = False


def context(api: Api, app: Any, *, seed: int = 0, control: bool = True) -> Context:
    found = inside(api, app, seed)
    return found if control else attrs.evolve(found, control=NoControl())  # type: ignore[arg-type]


def probe(api: Api, app: Any, *, seed: int = 0, control: bool = True, families: Families = FAMILIES) -> list[Event]:
    return list(probes(context(api, app, seed=seed, control=control), families))


def failures(events: list[Event]) -> list[Failure]:
    return [event for event in events if isinstance(event, Failure)]


def cases(events: list[Event]) -> list[Case]:
    return [event for event in events if isinstance(event, Case)]


def left_out(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, LeftOut)]
