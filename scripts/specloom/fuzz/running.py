"""Run a campaign and gather its result."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from schemathesis.engine import Status
from schemathesis.engine.events import Interrupted, NonFatalError, PhaseFinished, ScenarioFinished
from schemathesis.engine.recorder import Interaction, ScenarioRecorder
from schemathesis.engine.run import TESTING_PHASES

from specloom.fuzz import engine
from specloom.fuzz.campaign import Campaign
from specloom.fuzz.control import ControlPlane
from specloom.fuzz.curl import Redactor
from specloom.fuzz.settings import (
    CampaignResult,
    CampaignSettings,
    Failure,
    Progress,
    check_target,
    credential_for,
)
from specloom.spec import Api


def run_campaign(
    api: Api, settings: CampaignSettings, *, on_progress: Callable[[Progress], None] | None = None
) -> CampaignResult:
    """Run all phases of schemathesis and the checks of the spec's behaviour against a server.

    The same seed gives the same cases. Raises SpecloomError when the base URL is none, may not be fuzzed or does not
    answer. With a control plane, all records are reset at the start, between cases, and at the end.
    """
    started = time.monotonic()
    parts = check_target(settings)
    credential = credential_for(api, settings)
    control = ControlPlane(parts, api.name, settings.timeout)
    try:
        campaign = Campaign(api, control, credential.tenant, settings.seed)
        tally = _Tally(api, campaign, Redactor(credential, engine.authorization(api, credential)))
        for event in engine.events(api, settings, credential, campaign):
            if isinstance(event, ScenarioFinished):
                tally.add(event.phase.value, event.recorder)
                if on_progress is not None:
                    on_progress(Progress(event.phase.value, tally.cases))
            elif isinstance(event, NonFatalError):
                tally.add_error(event)
            elif isinstance(event, PhaseFinished) and event.phase.name in TESTING_PHASES:
                tally.add_phase(event)
            elif isinstance(event, Interrupted):
                # Schemathesis turns Ctrl-C into an event; a campaign that was stopped has no verdict.
                raise KeyboardInterrupt
        campaign.finish()
    finally:
        control.close()
    return CampaignResult(
        api=api.name,
        base_url=settings.base_url,
        seed=settings.seed,
        cases=tally.cases,
        phases=dict(tally.phases),
        operations={label: dict(phases) for label, phases in tally.operations.items()},
        statuses=dict(sorted(tally.statuses.items())),
        seconds=time.monotonic() - started,
        failures=tuple(tally.failures.values()),
        left_out=(*_left_out(control), *sorted(tally.left_out())),
    )


class _Tally:
    """Counts cases, and keeps the shortest request for each kind of failure."""

    def __init__(self, api: Api, campaign: Campaign, redactor: Redactor) -> None:
        self.phases: Counter[str] = Counter()
        self.operations: dict[str, Counter[str]] = {each.label: Counter() for each in api.operations}
        self.statuses: Counter[str] = Counter()
        self.failures: dict[tuple[str, str, str], Failure] = {}
        self._skipped: list[str] = []
        self._accepted: set[str] = set()
        self._api = api
        self._campaign = campaign
        self._redactor = redactor

    @property
    def cases(self) -> int:
        """The requests sent and judged so far."""
        return self.phases.total() + self._campaign.repeated

    def add(self, phase: str, recorder: ScenarioRecorder) -> None:
        """Add what a scenario recorded."""
        for case_id, interaction in recorder.interactions.items():
            self.phases[phase] += 1
            self.operations[recorder.cases[case_id].value.operation.label][phase] += 1
            if interaction.response is not None:
                self.statuses[str(interaction.response.status_code)] += 1
                if 200 <= interaction.response.status_code < 300:  # noqa: PLR2004 - RFC 9110, 15.3
                    self._accepted.add(recorder.cases[case_id].value.operation.label)
        for case_id, nodes in recorder.checks.items():
            for node in nodes:
                if node.failure_info is not None:
                    label = recorder.cases[case_id].value.operation.label
                    self._add_failure(label, node.name, node.failure_info.failure, recorder.interactions[case_id])

    def add_phase(self, event: PhaseFinished) -> None:
        """Note a phase in which nothing was sent."""
        if event.status is Status.SKIP:
            reason = event.phase.skip_reason
            self._skipped.append(f"the {event.phase.name.value} phase: {reason.value if reason else 'nothing to send'}")

    def left_out(self) -> Iterator[str]:
        """Yield what the requests sent do not show."""
        yield from self._skipped
        for label in self.operations.keys() - self._accepted:
            yield f"{label}: no request succeeded, so the documented success was not seen"

    def add_error(self, event: NonFatalError) -> None:
        """Add what kept schemathesis from sending or judging a request: that is no pass."""
        message = self._redactor.text(f"{event.info.title}: {event.info.message}")
        key = (event.label, "answered", event.info.title)
        self.failures.setdefault(key, Failure(event.label, "answered", message, "", None, ""))

    def _add_failure(self, label: str, check: str, failure: Any, interaction: Interaction) -> None:
        request = interaction.request
        headers = {name: values[0] for name, values in request.headers.items()}
        curl = self._redactor.curl(request.method, request.uri, headers, request.body)
        message = self._redactor.text(f"{failure.message}".strip() or failure.title)
        # Every breach of our own checks has a title alike; their messages begin with what sets them apart.
        title = message.split("\n")[0].split(": expected")[0] if check in engine.OWN_CHECKS else failure.title
        known = self.failures.get((label, check, title))
        if known is None or len(curl) < len(known.curl):
            status = None if interaction.response is None else interaction.response.status_code
            pointer = self._campaign.operation(label).pointer
            self.failures[label, check, title] = Failure(label, check, message, curl, status, pointer)


def _left_out(control: ControlPlane) -> Iterator[str]:
    if not control.available:
        yield "the server has no control plane: records were taken from the seeds of the spec and not reset"
        yield "the server has no control plane: that refusals change nothing could not be checked"
