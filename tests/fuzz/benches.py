"""The state machine over a sandbox in the same process."""

from __future__ import annotations

import math

from specloom.fuzz.control import ControlPlane
from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.search import Fault, Search, Seen
from specloom.fuzz.targets import Supply, credentials_of
from specloom.fuzz.wire import AsgiWire
from specloom.sandbox import Sandbox
from specloom.spec import Api


def bench(api: Api, sandbox: Sandbox, *, seed: int = 0, control: bool = True, supply: Supply | None = None) -> Bench:
    state = ControlPlane.over(AsgiWire(sandbox), api.name) if control else None
    return Bench(api, AsgiWire(sandbox, f"/{api.name}"), state, supply or Supply(api), credentials_of(api), seed)


def search(found: Bench, *, seed: int = 0, runs: int = 4, steps: int = 25) -> list[Seen]:
    """Return all that the machine sends and finds."""
    looking = Search(found, seed=seed, deadline=math.inf)
    return [*looking.fixed(), *looking.drawn(runs, steps), *looking.late()]


def faults(seen: list[Seen]) -> list[Fault]:
    return [each for each in seen if isinstance(each, Fault)]
