"""The state machine: Hypothesis chooses the rules and draws the calls, and a player makes them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol, TypeVar

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException
from hypothesis.stateful import RuleBasedStateMachine, RuleStrategy, rule, run_state_machine_as_test
from hypothesis.strategies._internal.utils import clear_strategy_cache

from specloom.fuzz.machine.calls import Call
from specloom.fuzz.machine.drawing import Drawing

T = TypeVar("T")


class OverError(Exception):
    """A player has seen enough: there are no further runs."""


class _Kept:
    """Keeps the first exception that ends the runs for a reason other than that enough was seen.

    Hypothesis tries anew what raised an exception, and calls it flaky if it is not raised again: a server that did not
    answer in time would go unnoticed, and the rest of the runs with it.
    """

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __call__(self, act: Callable[[], T]) -> T:
        """Return what `act` does; once it has failed, nothing further is done."""
        if self.error is not None:
            raise OverError
        try:
            return act()
        except OverError:
            raise
        except Exception as error:  # noqa: BLE001 - it is raised again after the runs
            self.error = error
            raise OverError from None


class Player(Protocol):
    """Makes the calls of one run; either method may raise OverError."""

    def step(self, call: Call) -> None:
        """Make a call."""

    def finish(self) -> None:
        """End the run."""


def play(drawings: Sequence[Drawing], begin: Callable[[], Player], *, seed: int, runs: int, steps: int) -> None:
    """Play `runs` runs of up to `steps` rules each; the same seed draws the same calls.

    Hypothesis shrinks by drawing anew, which takes hundreds of runs. Here a player keeps the calls that it made, and
    they are made fewer and simpler afterwards (`minimizing`); so nothing is shrunk, stored or printed.
    """
    kept = _Kept()
    valid = st.one_of([each.valid() for each in drawings])
    misnamed = st.one_of([each.misnamed() for each in drawings])
    refused = st.one_of([each.refused() for each in drawings])
    repeated = st.one_of([each.repeated() for each in drawings])

    class Machine(RuleBasedStateMachine):
        """One run."""

        # Hypothesis keeps each class of machines for good otherwise, and with it all that the runs saw.
        TestCase = None  # type: ignore[assignment]
        _setup_state_per_class: ClassVar[dict[type, Any]] = {}

        def __init__(self) -> None:
            super().__init__()
            self.player = kept(begin)

        @rule(call=valid)
        def call(self, call: Call) -> None:
            """Call an operation for records in any state."""
            kept(lambda: self.player.step(call))

        @rule(call=valid)
        def call_twice(self, call: Call) -> None:
            """Call an operation, and the same again."""
            kept(lambda: self.player.step(call))
            kept(lambda: self.player.step(call))

        @rule(call=misnamed)
        def call_for_no_record(self, call: Call) -> None:
            """Call an operation for a record that there is not, or with values of another record."""
            kept(lambda: self.player.step(call))

        @rule(call=refused)
        def call_wrongly(self, call: Call) -> None:
            """Call an operation with a wrong body or credential for a record that there is."""
            kept(lambda: self.player.step(call))

        @rule(call=repeated)
        def call_repeating(self, call: Call) -> None:
            """Call an operation for a batch that names a record twice."""
            kept(lambda: self.player.step(call))

        def teardown(self) -> None:
            """Compare everything."""
            kept(self.player.finish)

    settings = hypothesis.settings(
        max_examples=runs,
        stateful_step_count=steps,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    with contextlib.suppress(OverError, HypothesisException):
        run_state_machine_as_test(hypothesis.seed(seed)(Machine), settings=settings)
    _forget()
    if kept.error is not None:
        raise kept.error


def _forget() -> None:
    """Let Hypothesis forget the machines and strategies of a campaign; it keeps 128 and 1024 of them otherwise."""
    kept: Any = RuleStrategy._setup_for  # noqa: SLF001 - there is no other way
    kept.__func__.cache_clear()
    clear_strategy_cache()
