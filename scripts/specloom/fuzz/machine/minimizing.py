"""Find a short sequence of simple calls that shows the same fault as a longer one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from specloom.fuzz.machine.calls import Call

Fails = Callable[[Sequence[Call]], bool]
"""Says whether a sequence shows the fault; it counts what it is asked, and says no when that was often enough."""


def minimized(calls: Sequence[Call], fails: Fails) -> list[Call]:
    """Return a sequence, made of calls of `calls` or simpler ones, from which no call can be left out.

    Mostly the fault shows at the last call, so that one is tried alone first.
    """
    last = list(calls[-1:])
    best = last if len(calls) > 1 and fails(last) else _reduced(list(calls), fails)
    return _simplified(best, fails)


def _reduced(calls: list[Call], fails: Fails) -> list[Call]:
    """Leave out ever smaller parts of `calls` for as long as the fault shows."""
    size = len(calls) // 2
    while size:
        start = 0
        while start < len(calls):
            fewer = [*calls[:start], *calls[start + size :]]
            if fewer and fails(fewer):
                calls = fewer
            else:
                start += size
        size //= 2
    return calls


def _simplified(calls: list[Call], fails: Fails) -> list[Call]:
    """Replace each call by simpler ones for as long as the fault shows."""
    for index in range(len(calls)):
        improved = True
        while improved:
            improved = False
            for simpler in _simpler(calls[index]):
                changed = [*calls[:index], simpler, *calls[index + 1 :]]
                if fails(changed):
                    calls, improved = changed, True
                    break
    return calls


def _simpler(call: Call) -> Iterator[Call]:
    targets = call.targets
    if len(targets) > 3:  # noqa: PLR2004 - halves are quicker than one by one
        half = len(targets) // 2
        yield attrs.evolve(call, targets=targets[:half])
        yield attrs.evolve(call, targets=targets[half:])
    if 1 < len(targets) < 10:  # noqa: PLR2004 - one by one takes a request each
        for index in range(len(targets)):
            yield attrs.evolve(call, targets=targets[:index] + targets[index + 1 :])
    if call.extras:
        yield attrs.evolve(call, extras=0)
    if any(target.shape for target in targets):
        yield attrs.evolve(call, targets=tuple(attrs.evolve(target, shape=0) for target in targets))
    if any(target.named for target in targets):
        yield attrs.evolve(call, targets=tuple(attrs.evolve(target, named=0) for target in targets))
