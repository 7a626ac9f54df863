"""Look for faults with the state machine: fixed sequences first, then drawn ones, each failure made short."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import attrs

from specloom.fuzz.conformance import Breach
from specloom.fuzz.machine.bench import Bench
from specloom.fuzz.machine.calls import Call
from specloom.fuzz.machine.drawing import Drawing
from specloom.fuzz.machine.minimizing import minimized
from specloom.fuzz.machine.run import BrokenError, Run, Taken
from specloom.fuzz.machine.scenarios import Scenarios
from specloom.fuzz.machine.stateful import OverError, play

_TRIES: Final = 300
_TRIES_WITHOUT_RESET: Final = 40
_RUNS_AT_ONCE: Final = 5
_MAX_FAULTS: Final = 20


@attrs.frozen
class Fault:
    """Rules that a server breaks, the most telling first, and the calls that show it."""

    breaches: tuple[Breach, ...]
    steps: tuple[Taken, ...]


Seen = Taken | Fault


class Search:
    """Looks for faults, each kind of which it tells once."""

    def __init__(self, bench: Bench, *, seed: int, deadline: float, shrink: bool = True) -> None:
        """Take the seed, and the time (of `time.monotonic`) at which to stop."""
        self._bench = bench
        self._seed = seed
        self._deadline = deadline
        self._shrink = shrink
        self._known: set[tuple[str, str, str]] = set()
        self.steps = 0

    def fixed(self) -> Iterator[Seen]:
        """Make the sequences that try each rule once, and yield what was sent and found."""
        for plan in self._bench.plans.values():
            for calls in Scenarios(self._bench, plan):
                rest: Sequence[Call] = calls
                # What follows the call at which a fault shows is tried as well, from fresh records.
                while rest and not self._is_over():
                    player = _Player(self, Run(self._bench))
                    done = player.play(rest)
                    yield from player.seen()
                    rest = rest[done:]

    def drawn(self, runs: int, steps: int) -> Iterator[Seen]:
        """Play `runs` runs of the state machine of up to `steps` rules, and yield what was sent and found."""
        drawings = [Drawing(self._bench, plan) for plan in self._bench.plans.values()]
        drawings = [each for each in drawings if each.pool]
        for number in range(0, runs if drawings else 0, _RUNS_AT_ONCE):
            if self._is_over():
                return
            players: list[_Player] = []

            def begin(players: list[_Player] = players) -> _Player:
                if self._is_over() or (players and players[-1].fault is not None):
                    raise OverError
                players.append(_Player(self, Run(self._bench)))
                return players[-1]

            play(drawings, begin, seed=self._seed * 1000 + number, runs=min(_RUNS_AT_ONCE, runs - number), steps=steps)
            for player in players:
                yield from player.seen()

    def late(self) -> Iterator[Seen]:
        """Wait until the clock of the server must have moved, if it has not, and act on one more record."""
        missing = self._bench.clock.missing
        if missing and not self._is_over():
            time.sleep(missing)
            for plan in self._bench.plans.values():
                player = _Player(self, Run(self._bench))
                player.play(Scenarios(self._bench, plan).one_more())
                yield from player.seen()

    def is_news(self, error: BrokenError, operation: str) -> bool:
        """Say whether a fault is of a kind that was not told yet, and note it."""
        first = error.found[0]
        kind = (operation, first.check, first.rule)
        is_news = kind not in self._known
        self._known.add(kind)
        return is_news

    def short(self, fault: Fault) -> Fault:
        """Return a fault with as few steps as can be found."""
        if not self._shrink:
            return fault
        self._bench.allow_more()
        found = fault
        tries = _TRIES if self._bench.state is not None else _TRIES_WITHOUT_RESET
        wanted = (fault.breaches[0].check, fault.breaches[0].rule)

        def fails(calls: Sequence[Call]) -> bool:
            nonlocal found, tries
            tries -= 1
            if tries < 0 or time.monotonic() > self._deadline:
                return False
            run = Run(self._bench)
            try:
                for call in calls:
                    run.step(call)
                run.finish()
            except BrokenError as error:
                if (error.found[0].check, error.found[0].rule) == wanted:
                    found = Fault(tuple(error.found), tuple(run.taken))
                    return True
            return False

        minimized([step.call for step in fault.steps], fails)
        return found

    def _is_over(self) -> bool:
        return time.monotonic() > self._deadline or len(self._known) >= _MAX_FAULTS


class _Player:
    """Makes the calls of a run, and keeps what came of it."""

    def __init__(self, search: Search, run: Run) -> None:
        self.fault: Fault | None = None
        self._search = search
        self._run = run

    def step(self, call: Call) -> None:
        """Make a call; raise OverError when it shows a fault."""
        self._guarded(lambda: self._run.step(call))

    def finish(self) -> None:
        """End the run."""
        if self.fault is None:
            self._guarded(self._run.finish)

    def play(self, calls: Sequence[Call]) -> int:
        """Make calls up to the first that shows a fault; return how many were made."""
        for number, call in enumerate(calls, 1):
            try:
                self.step(call)
            except OverError:
                return number
        with contextlib.suppress(OverError):
            self.finish()
        return len(calls)

    def seen(self) -> Iterator[Seen]:
        """Yield what was sent, and then what was found."""
        yield from self._run.taken
        if self.fault is not None:
            yield self._search.short(self.fault)

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except BrokenError as error:
            steps = self._run.taken
            if self._search.is_news(error, steps[-1].operation.label if steps else ""):
                self.fault = Fault(tuple(error.found), tuple(steps))
            raise OverError from None
