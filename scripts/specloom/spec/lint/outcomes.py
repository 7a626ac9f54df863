"""Rules on outcomes: each status can be sent, each outcome has an answer, each success ensures something."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.spec.api import Operation
from specloom.spec.behaviour import Outcome
from specloom.spec.lint.subject import Breach, Subject


def statuses_can_be_sent(subject: Subject) -> Iterator[Breach]:
    """S28."""
    for operation in subject.api.operations:
        if not operation.answers:
            message = f"{operation.label} does not say what it answers"
            yield Breach(operation.pointer, message, "add x-answers")
            continue
        answered = {answer.status for answer in operation.answers.values()}
        for status in operation.responses:
            pointer = f"{operation.pointer}/responses/{status}"
            if not (status.isascii() and status.isdigit()):
                remedy = "declare each status by its number"
                yield Breach(pointer, f"{status!r} stands for statuses that are not named", remedy)
            elif status not in answered and not status.startswith("5"):
                message = f"no outcome of {operation.label} is answered with {status}"
                yield Breach(pointer, message, "name the status in x-answers, or remove it")
        if not operation.answers["success"].status.startswith(("2", "3")):
            pointer = f"{operation.pointer}/x-answers/success/status"
            yield Breach(pointer, "a success is answered with an error", "name a status from 200 to 399")


def outcomes_are_answered(subject: Subject) -> Iterator[Breach]:
    """S29."""
    for operation in subject.api.operations:
        if not operation.answers:
            continue  # S28 says so
        possible = _possible_outcomes(subject, operation)
        for outcome in sorted(possible - operation.answers.keys()):
            message = f"{operation.label} has no answer for {outcome}"
            yield Breach(f"{operation.pointer}/x-answers", message, "add one, with x-inferred if no page gives it")
        for outcome in sorted(operation.answers.keys() - possible):
            message = f"{outcome} cannot happen to {operation.label}"
            remedy = _REASONS[outcome]
            yield Breach(f"{operation.pointer}/x-answers/{outcome}", message, remedy)


_REASONS: dict[Outcome, str] = {
    "unauthenticated": "remove it, or name a scheme in `security`",
    "forbidden": "remove it, or mark a credential of a scheme in x-credentials as forbidden",
    "unknown-record": "remove it, or add an x-transition",
    "wrong-state": "remove it, or add an x-transition",
}


def _possible_outcomes(subject: Subject, operation: Operation) -> set[Outcome]:
    possible: set[Outcome] = {"success", "invalid"}
    if operation.security and all(operation.security):
        possible.add("unauthenticated")
    schemes = [subject.api.security_schemes.get(name) for alternative in operation.security for name in alternative]
    if any(credential.forbidden for scheme in schemes if scheme is not None for credential in scheme.credentials):
        possible.add("forbidden")
    if operation.transition is not None:
        possible |= {"unknown-record", "wrong-state"}
    return possible


def successes_ensure_something(subject: Subject) -> Iterator[Breach]:
    """S34."""
    for operation in subject.api.operations:
        success = operation.answers.get("success")
        if success is None or operation.ensures:
            continue
        response = operation.responses.get(success.status)
        if response is not None and (response.media_types or response.headers):
            message = f"{operation.label} does not say what its success ensures"
            yield Breach(operation.pointer, message, "add x-ensures on the members of the response")
