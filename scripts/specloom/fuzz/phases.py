"""The phases of schemathesis as a part of a campaign."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final
from urllib.parse import urlsplit

import attrs
from schemathesis.engine import Status
from schemathesis.engine.events import Interrupted, NonFatalError, PhaseFinished, ScenarioFinished
from schemathesis.engine.recorder import Interaction, ScenarioRecorder
from schemathesis.engine.recorder import Request as Recorded
from schemathesis.engine.run import TESTING_PHASES

from specloom.fuzz import engine
from specloom.fuzz.appeals import Appeals
from specloom.fuzz.campaign import Campaign, Note
from specloom.fuzz.context import Context
from specloom.fuzz.replay.reading import operation_of
from specloom.fuzz.result import Case, Event, Failure, LeftOut, Step
from specloom.fuzz.unanswered import request_of
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Operation
from specloom.spec.behaviour import Outcome

# Messages of our own checks name the rule: an x-ensures at their beginning, others in brackets.
_POINTER: Final = re.compile(r"(?:^|\()(/(?:paths|components)/[^\s:()]+)(?=[:)])")
_REFUSALS: Final[tuple[Outcome, ...]] = ("unauthenticated", "forbidden")
# What the library that sends requests adds to each.
_INCIDENTAL: Final = frozenset(
    {"accept", "accept-encoding", "connection", "content-length", "user-agent", "x-schemathesis-testcaseid"}
)
# What we call the same in other parts, by the name that schemathesis gives it.
_OUR_NAMES: Final = {"max_response_time": "response_time"}
_LEAST_SHARE: Final = 0.3
"""Of the time of all operations, what schemathesis gives to one at least: it keeps some of it for later phases."""
_STATUS_CHECKS: Final = ("positive_data_acceptance", "negative_data_rejection")


def part(context: Context) -> Iterator[Event]:
    """Run all phases of schemathesis with live records and the checks of the spec's behaviour."""
    credential = context.credential
    campaign = Campaign(context.api, context.control, context.supply, credential.tenant, context.seed)
    unanswered: set[Request] = set()
    appeals = Appeals(context.whole, is_sandbox=context.control.available)
    limit = None if context.deadline is None else context.deadline - time.monotonic()
    settings = attrs.evolve(context.settings, time_limit=limit)
    long: set[str] = set()
    with closing(engine.events(context.api, settings, credential, campaign, appeals)) as events:
        for event in events:
            if isinstance(event, ScenarioFinished):
                if limit is not None and event.elapsed_time >= _LEAST_SHARE * limit / len(context.api.operations):
                    long.add(event.label or "")
                yield from _of_scenario(context, campaign, event.phase.value, event.recorder, unanswered)
            elif isinstance(event, NonFatalError):
                yield from _of_error(context, event, unanswered)
            elif isinstance(event, PhaseFinished) and event.phase.name in TESTING_PHASES:
                if event.status is Status.SKIP:
                    reason = event.phase.skip_reason
                    said = reason.value if reason else "nothing to send"
                    yield LeftOut(f"the {event.phase.name.value} phase: {said}")
            elif isinstance(event, Interrupted):
                # Schemathesis turns Ctrl-C into an event; a campaign that was stopped has no verdict.
                raise KeyboardInterrupt
            if context.is_over:
                break
    if long:
        many = f"{len(long)} operations beyond their shares" if len(long) > 1 else f"{min(long)} beyond its share"
        yield LeftOut(f"what schemathesis would send to {many} of the time: --time-limit gives more")


def _of_error(context: Context, event: NonFatalError, unanswered: set[Request]) -> Iterator[Event]:
    """Yield that a request had no answer, or what else kept schemathesis from sending or judging one: that is no pass.

    What is in `unanswered` was told with the scenario that it belongs to.
    """
    reason = f"{event.info.title}: {event.info.message}"
    prepared = request_of(event.value)
    if prepared is None:
        # Of a spec that describes no behaviour, schemas can contradict themselves.
        described = any(each.answers for each in context.api.operations if each.label == event.label)
        named = any(each.label == event.label for each in context.api.operations)
        is_failure = described or not named
        yield Failure(event.label, "answered", reason) if is_failure else LeftOut(_said(event.label, reason))
        return
    request = _sent(context, Recorded.from_prepared_request(prepared))
    if request not in unanswered:
        unanswered.add(request)
        operation = operation_of(context.api, request)
        label = event.label if operation is None else operation.label
        phase = "" if event.phase is None else event.phase.value
        yield _unanswered(label, (Step(request, None, _expected(phase)),), reason)


def _said(label: str, reason: str) -> str:
    """Return what schemathesis could not do, in a line."""
    return f"{label}: schemathesis: {reason.splitlines()[0]}"


def _unanswered(label: str, steps: tuple[Step, ...], reason: str = "") -> Failure:
    return Failure(label, "answered", f"a request of schemathesis had no whole answer\n{reason}".strip(), steps=steps)


def _expected(phase: str) -> str:
    return f"a request of schemathesis, phase {phase}".removesuffix(", phase ")


def _of_scenario(
    context: Context, campaign: Campaign, phase: str, recorder: ScenarioRecorder, unanswered: set[Request]
) -> Iterator[Event]:
    """Yield the requests of a scenario, and what is wrong with their answers; note those that had none."""
    before: list[Step] = []
    for case_id, interaction in recorder.interactions.items():
        label = recorder.cases[case_id].value.operation.label
        operation = campaign.operation(label)
        status = "" if interaction.response is None else str(interaction.response.status_code)
        yield Case(label, phase, "", status)
        if case_id in campaign.repeated:
            yield Case(label, phase)
        step = attrs.evolve(_step(context, interaction), expected=_expected(phase))
        if step.answer is None and step.request not in unanswered:
            unanswered.add(step.request)
            yield _unanswered(label, (*before, step))
        for node in recorder.checks.get(case_id, ()):
            if node.failure_info is not None:
                failure = node.failure_info.failure
                check = _OUR_NAMES.get(node.name, node.name)
                yield _failure(operation, check, failure, (*before, step), campaign.note(case_id))
        if phase == "stateful":
            before.append(step)


def _failure(operation: Operation, check: str, failure: Any, steps: tuple[Step, ...], note: Note | None) -> Failure:
    text = str(failure.message).strip()
    message = text if check in engine.OWN_CHECKS else "\n".join(filter(None, [failure.title, text]))
    *before, last = steps
    named = _POINTER.search(message) if check in engine.OWN_CHECKS else None
    rule = named[1] if named else _rule(operation, check, last.answer)
    if check in engine.OWN_CHECKS and note is not None:
        last = attrs.evolve(last, statuses=note.statuses, fields=note.fields)
        steps = (*before, last)
        again = note.repeated if check == "documented_outcome" else None
        if again is not None or check == "answered":
            answer = None if again is None else Answer(again.status, tuple(again.headers.items()), again.content)
            steps = (*steps, Step(last.request, answer, "the same request again", note.repeated_statuses))
    elif check in _STATUS_CHECKS:
        expected = engine.statuses(operation).get(check, {}).get("expected-statuses", ())
        steps = (*before, attrs.evolve(last, statuses=tuple(status.upper() for status in expected)))
    elif check == "ignored_auth":
        refusals = [operation.answers[each].status for each in _REFUSALS if each in operation.answers]
        steps = (*before, attrs.evolve(last, statuses=tuple(refusals) or ("401", "403")))
    return Failure(operation.label, check, message, rule=rule, steps=steps)


def _rule(operation: Operation, check: str, answer: Answer | None) -> str:
    """Return the pointer of what a check of schemathesis judges by; "" for that of the operation."""
    response = None if answer is None else operation.responses.get(str(answer.status))
    if check == "status_code_conformance":
        return f"{operation.pointer}/responses"
    if response is None:
        return ""
    if check == "response_schema_conformance" and response.media_types:
        return response.media_types[0].schema_pointer or ""
    below = {"content_type_conformance": "/content", "response_headers_conformance": "/headers"}
    return response.pointer + below[check] if check in below else ""


def _step(context: Context, interaction: Interaction) -> Step:
    sent, response = _sent(context, interaction.request), interaction.response
    if response is None:
        return Step(sent, None)
    found = tuple((name, value) for name, values in response.headers.items() for value in values)
    return Step(sent, Answer(response.status_code, found, response.content or b"", response.elapsed))


def _sent(context: Context, request: Recorded) -> Request:
    base = context.settings.base_url.rstrip("/")
    headers = tuple(
        (name, value) for name, values in request.headers.items() for value in values if name.lower() not in _INCIDENTAL
    )
    if request.uri.startswith(base):
        target = request.uri[len(base) :]
    else:
        parts = urlsplit(request.uri)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    return Request(request.method, target, headers, request.body)
