"""What comes out of a campaign: cases, failures with the steps that show them, what was left out, coverage."""

from __future__ import annotations

import attrs

from specloom.fuzz.wire import Answer, Request


@attrs.frozen
class Step:
    """A request and its answer; in both, a placeholder such as `{credential:0}` stands for each secret.

    `expected` says in words what was expected. `statuses` are those that the answer may have, where that is known, and
    `fields` those of which an error must name one (dotted, as in `data.orders.0`): a replay judges by them.
    """

    request: Request
    answer: Answer | None
    expected: str = ""
    statuses: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@attrs.frozen
class Failure:
    """A check that failed for an operation (`POST /path`), with the steps that show it; secrets are left out.

    `rule` is the pointer of the rule that is broken (of the operation where none is known), `page` the title of the
    vendor's page, `place` the rule's file and line. `curl` shows the steps to a shell. What is empty in a failure that
    a part yields is filled in by the campaign: a part gives operation, check, message, rule and steps.
    """

    operation: str
    check: str
    message: str
    curl: str = ""
    status: int | None = None
    pointer: str = ""
    rule: str = ""
    page: str = ""
    place: str = ""
    steps: tuple[Step, ...] = ()


@attrs.frozen
class Case:
    """A request that was sent and judged: by which part, about which rule (its pointer or `at`), and its status.

    `also` are the places of further rules that the same request puts to the test.
    """

    operation: str
    part: str
    rule: str = ""
    status: str = ""
    also: tuple[str, ...] = ()


@attrs.frozen
class LeftOut:
    """What could not be checked, and why."""

    text: str


Event = Case | Failure | LeftOut
"""What a part of a campaign yields."""


@attrs.frozen
class RuleCoverage:
    """How often a rule of the spec was exercised; `place` is file and line, `cases` the requests that were about it.

    `id` is that of the rule, `at` its pointer as if each `$ref` on the way were written out.
    """

    id: str
    kind: str
    pointer: str
    at: str
    text: str
    place: str
    cases: int
    failures: int

    def is_about(self, failure: Failure, operation: str) -> bool:
        """Say whether a failure is about this rule of `operation`, or of the whole API if that is empty."""
        return operation in {failure.operation, ""} and failure.rule in {self.pointer, self.at}


@attrs.frozen
class OperationCoverage:
    """What was seen of an operation: statuses with their counts, those documented, and its rules."""

    operation: str
    page: str
    cases: int
    statuses: dict[str, int]
    documented: tuple[str, ...]
    rules: tuple[RuleCoverage, ...]

    @property
    def exercised(self) -> int:
        """The number of rules with a case."""
        return sum(rule.cases > 0 for rule in self.rules)


@attrs.frozen
class Progress:
    """How far a campaign has come: the part or phase, and the cases run so far."""

    phase: str
    cases: int


@attrs.frozen
class KnownCredential:
    """A credential that placeholders number: tenant, shell variable, and its index in the spec if it stands there."""

    tenant: str
    variable: str
    forbidden: bool
    in_spec: int | None


@attrs.frozen
class CampaignResult:
    """The outcome of a campaign; `left_out` says what could not be checked, and why. `seconds` is wall time.

    `operations` counts the requests of each operation (`POST /path`) by phase, `phases` those of all operations.
    `spec` is a digest of the spec. A campaign that was `stopped` has no verdict.
    """

    api: str
    base_url: str
    seed: int
    cases: int
    phases: dict[str, int]
    operations: dict[str, dict[str, int]]
    statuses: dict[str, int]
    seconds: float
    failures: tuple[Failure, ...]
    left_out: tuple[str, ...]
    coverage: tuple[OperationCoverage, ...] = ()
    spec: str = ""
    credentials: tuple[KnownCredential, ...] = ()
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return not self.failures
