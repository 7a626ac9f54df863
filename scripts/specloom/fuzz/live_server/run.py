"""Send the requests of a confirmed plan to a live server, and stop at the first sign of harm."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.fuzz.live_server.guard import LiveGuard, RefusedError
from specloom.fuzz.live_server.plan import LivePlan, PlannedRequest
from specloom.fuzz.result import Case, Event, Failure, LeftOut, Step
from specloom.fuzz.wire import Answer
from specloom.spec import SpecloomError

PART = "live"


def live(plan: LivePlan, guard: LiveGuard) -> Iterator[Event]:
    """Yield what comes of each request of the plan.

    The first answer of 5xx, the first success that should be none, and any redirect end it; the failure says what may
    have been changed. Raises SpecloomError when the guard refuses the very first request, or it has no answer.
    """
    changed: list[str] = []
    for number, planned in enumerate(plan.requests):
        try:
            answer = guard.send(planned.request)
        except SpecloomError as error:
            if number == 0:
                raise
            if planned.outcome == "success" and not isinstance(error, RefusedError):
                changed.append(planned.record)  # it was sent, and no answer says that it was refused
            yield LeftOut(f"{len(plan.requests) - number} of {len(plan.requests)} requests: {error.message}")
            break
        if planned.outcome == "success":
            changed.append(planned.record)
        yield Case(
            planned.operation.label, PART, planned.operation.answers[planned.outcome].pointer, str(answer.status)
        )
        if str(answer.status) == planned.status:
            continue
        harm = _harm(planned, answer)
        yield _failure(planned, answer, harm)
        if harm:
            yield LeftOut(f"{len(plan.requests) - number - 1} of {len(plan.requests)} requests: {harm}")
            break
    for name in dict.fromkeys(changed):
        yield LeftOut(f"{name} may have been changed, and is not brought back")


def _harm(planned: PlannedRequest, answer: Answer) -> str:
    """Say why nothing more is sent after an answer; nothing when it does no harm."""
    if answer.status >= 500:  # noqa: PLR2004 - RFC 9110, 15.6
        return f"the server failed with {answer.status}, and may have changed what the request names"
    if 300 <= answer.status < 400:  # noqa: PLR2004 - RFC 9110, 15.4
        return f"the server redirects ({answer.status}); redirects are not followed"
    if 200 <= answer.status < 300 and planned.outcome != "success":  # noqa: PLR2004 - RFC 9110, 15.3
        named = planned.record or "a record that nobody knows of: the request names none that there should be"
        return f"the server accepted what it must refuse, and may have changed {named}"
    return ""


def _failure(planned: PlannedRequest, answer: Answer, harm: str) -> Failure:
    check = "documented_outcome"
    if answer.status >= 500:  # noqa: PLR2004 - RFC 9110, 15.6
        check = "not_a_server_error"
    elif planned.outcome == "unauthenticated":
        check = "credentials_required"
    message = f"{planned.purpose} was answered {answer.status}, not {planned.status}"
    expected = f"{planned.status}: {planned.purpose}"
    return Failure(
        planned.operation.label,
        check,
        f"{message}; {harm}" if harm else message,
        status=answer.status,
        rule=planned.operation.answers[planned.outcome].pointer,
        steps=(Step(planned.request, answer, expected, (planned.status,)),),
    )
