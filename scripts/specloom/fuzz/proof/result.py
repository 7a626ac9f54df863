"""What comes out of a proof: a verdict for each mutant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import attrs

State = Literal["caught", "equivalent", "survived"]


@attrs.frozen
class Verdict:
    """What became of one mutant.

    `check` and `message` are those of the fitting failure that caught it after `cases` requests and `seconds`;
    `exact` says that the failure names the very rule. `reason` says why a mutant is equivalent, or what the campaign
    found in its place.
    """

    api: str
    rule: str
    kind: str
    operation: str
    pointer: str
    text: str
    mutant: str
    change: str
    state: State
    check: str = ""
    message: str = ""
    exact: bool = False
    cases: int = 0
    seconds: float = 0.0
    reason: str = ""


@attrs.frozen
class KindTotals:
    """The mutants of all rules of one kind; `rules` counts the rules themselves."""

    kind: str
    rules: int
    mutants: int
    caught: int
    equivalent: int
    survived: int
    checks: dict[str, int]
    cases: float
    seconds: float


@attrs.frozen
class ProofResult:
    """The outcome of a proof. `wrong` says where the campaign fails on a server that is right: no verdict counts then.

    `seconds` is wall time, `worked` the time that all processes together took. `specs` has the digest of each
    spec by API, `only` the ids and kinds of the rules that were to be proved, if not all.
    """

    verdicts: tuple[Verdict, ...]
    wrong: tuple[str, ...]
    seconds: float
    specs: Mapping[str, str] = attrs.Factory(dict)
    only: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every mutant was caught or is equivalent for a reason that is known."""
        return not self.wrong and not self.survivors

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """The mutants that nothing caught, although something should have."""
        return tuple(verdict for verdict in self.verdicts if verdict.state == "survived")

    @property
    def worked(self) -> float:
        """The seconds that all mutants took."""
        return sum(verdict.seconds for verdict in self.verdicts)

    @property
    def share(self) -> float:
        """The share of the mutants caught among those that are not equivalent, from 0 to 1."""
        counted = [verdict for verdict in self.verdicts if verdict.state != "equivalent"]
        return sum(verdict.state == "caught" for verdict in counted) / len(counted) if counted else 1.0

    def totals(self) -> list[KindTotals]:
        """Return the totals by kind of rule, in the order of the kinds' names."""
        return [_totals(kind, self.verdicts) for kind in sorted({verdict.kind for verdict in self.verdicts})]


def _totals(kind: str, verdicts: Iterable[Verdict]) -> KindTotals:
    own = [verdict for verdict in verdicts if verdict.kind == kind]
    caught = [verdict for verdict in own if verdict.state == "caught"]
    checks = dict.fromkeys(sorted(verdict.check for verdict in caught), 0)
    for verdict in caught:
        checks[verdict.check] += 1
    return KindTotals(
        kind=kind,
        rules=len({(verdict.api, verdict.rule) for verdict in own}),
        mutants=len(own),
        caught=len(caught),
        equivalent=sum(verdict.state == "equivalent" for verdict in own),
        survived=sum(verdict.state == "survived" for verdict in own),
        checks=checks,
        cases=sum(verdict.cases for verdict in caught) / len(caught) if caught else 0.0,
        seconds=sum(verdict.seconds for verdict in own),
    )
