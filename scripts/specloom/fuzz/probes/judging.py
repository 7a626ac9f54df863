"""Judge the answer to a probe by what the spec documents for its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.fuzz.conformance import AnswerChecker, Breach, unlocated
from specloom.fuzz.conformance.documented import json_of, response_of
from specloom.fuzz.conformance.promises import broken_refusal, broken_success
from specloom.fuzz.probes.probe import Preferred, Probe
from specloom.fuzz.wire import Answer
from specloom.spec import Operation
from specloom.spec.behaviour import Outcome
from specloom.spec.equality import equal
from specloom.spec.expression import ABSENT

# What answers an outcome of an operation that documents none: RFC 9110, 15.5, and what vendors use for the same.
_USUAL: Final[dict[Outcome, tuple[str, ...]]] = {
    "invalid": ("400", "422"),
    "unauthenticated": ("401",),
    "forbidden": ("403",),
    "unknown-record": ("404",),
    "wrong-state": ("409",),
}


def statuses(operation: Operation, outcome: Outcome) -> tuple[str, ...]:
    """Return the statuses with which an operation may answer an outcome."""
    documented = operation.answers.get(outcome)
    if documented is not None:
        return (documented.status,)
    if outcome == "success":
        found = [[each for each in operation.responses if each.startswith(digit)] for digit in "23"]
        declared = next((tuple(each) for each in found if each), ())
        return declared or ("200", "201", "202", "204")
    usual = _USUAL[outcome]
    declared = tuple(status for status in usual if status in operation.responses)
    return declared or usual


def is_status(status: int, names: tuple[str, ...]) -> bool:
    """Say whether `status` is among `names`, which may have ranges such as 2XX."""
    return str(status) in names or f"{status // 100}XX" in names


def succeeded(operation: Operation, answer: Answer) -> bool:
    """Say whether an answer is the documented success."""
    return is_status(answer.status, statuses(operation, "success"))


def expected_statuses(probe: Probe) -> tuple[str, ...]:
    """Return the documented statuses with which a correct server may answer a probe."""
    preferred = () if probe.preferred is None else (probe.preferred.status,)
    return (*(status for outcome in probe.outcomes for status in statuses(probe.operation, outcome)), *preferred)


def breaches(checker: AnswerChecker, probe: Probe, answer: Answer, *, is_sandbox: bool) -> Iterator[Breach]:
    """Yield what is wrong with an answer; a sandbox names what is at fault to the letter."""
    operation = probe.operation
    expected = expected_statuses(probe)
    if not is_status(answer.status, (*expected, *probe.statuses)):
        is_fault = answer.status >= 500 and probe.preferred is None  # noqa: PLR2004 - RFC 9110, 15.6
        check = "not_a_server_error" if is_fault else probe.check
        wanted = " or ".join(dict.fromkeys((*expected, *probe.statuses)))
        yield Breach(check, f"{probe.text} was answered {answer.status}, not {wanted}", probe.rule)
    # Many specs do not document what is refused for being wrong; how that is answered says HTTP.
    implied = () if operation.answers else (each for name in probe.outcomes for each in _USUAL.get(name, ()))
    undocumented = [each for each in implied if each not in operation.responses]
    yield from checker.breaches(operation, probe.request, answer, (*probe.statuses, *undocumented))
    yield from _content(probe, answer, is_sandbox=is_sandbox)


def _content(probe: Probe, answer: Answer, *, is_sandbox: bool) -> Iterator[Breach]:
    """Yield what is wrong with an answer of a status that was expected."""
    operation = probe.operation
    if probe.preferred is not None:
        yield from _another(probe, probe.preferred, answer)
    fitting = [outcome for outcome in probe.outcomes if is_status(answer.status, statuses(operation, outcome))]
    if not fitting or str(answer.status) in probe.statuses:
        return
    outcome = fitting[0]
    body = json_of(answer) if answer.body else ABSENT
    scope = {} if probe.draft is None else probe.draft.scope
    if outcome == "success":
        if probe.verdict is not None and probe.verdict.outcome == "success":
            is_known = all(entry.known.complete for entry in probe.verdict.entries)
            yield from broken_success(operation, probe.verdict.scopes, scope, answer, body, is_known=is_known)
        return
    if len(fitting) == 1:
        yield from broken_refusal(operation, outcome, scope, answer, body)
    response = response_of(operation, answer.status)
    names_fault = outcome == "invalid" or (documented := operation.answers.get(outcome)) is None or documented.fault
    if response is not None and names_fault and body is not ABSENT:
        yield from unlocated(response, body, probe.places, is_exact=is_sandbox)


def _another(probe: Probe, preferred: Preferred, answer: Answer) -> Iterator[Breach]:
    """Yield that another body came than the example which the request asks for."""
    if preferred.example is not None and not equal(json_of(answer), preferred.example.value):
        yield Breach(probe.check, f"{probe.text} was answered with another body", probe.rule)
