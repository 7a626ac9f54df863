"""Run the parts of a campaign in order, and gather their result."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Final

import attrs

from specloom.fuzz import asking, phases, seeded, simultaneous
from specloom.fuzz.context import Context, Part
from specloom.fuzz.control import ControlFailedError, ControlPlane
from specloom.fuzz.hosts import is_this_machine
from specloom.fuzz.identity import known_credentials
from specloom.fuzz.machine.part import machine
from specloom.fuzz.narrowing import narrowed
from specloom.fuzz.probes.part import probes
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.repeatable import repeatable
from specloom.fuzz.replay import Rerun
from specloom.fuzz.replay.shortening import shortened
from specloom.fuzz.result import CampaignResult, Case, Event, Failure, LeftOut, Progress
from specloom.fuzz.settings import LARGE_TIME_LIMIT, CampaignSettings, check_target
from specloom.fuzz.tally import Tally
from specloom.fuzz.targets import Supply, credentials_of
from specloom.fuzz.wire import HttpWire
from specloom.spec import Api, SpecloomError

PARTS: Final[Mapping[str, Part]] = {
    "probes": probes,
    "machine": machine,
    "seeds": seeded.part,
    "simultaneous": simultaneous.part,
    "successes": asking.part,
    "schemathesis": phases.part,
}
"""The parts of a campaign by name, in the order in which they run."""


_WEIGHTS: Final[Mapping[str, int]] = {"probes": 6, "schemathesis": 6}
"""Of the time that there is, the shares of parts that take more than one."""

_SECONDS_TO_SHORTEN: Final = 3.0


class CampaignInterrupted(KeyboardInterrupt):
    """A campaign was stopped with Ctrl-C; `result` holds what was found until then, and is no verdict."""

    def __init__(self, result: CampaignResult) -> None:
        super().__init__()
        self.result = result


def run_campaign(
    api: Api, settings: CampaignSettings, *, on_progress: Callable[[Progress], None] | None = None
) -> CampaignResult:
    """Run the parts of a campaign against a server.

    The same seed gives the same cases. Raises SpecloomError when the base URL is none, may not be fuzzed or does not
    answer, or when there is no such part. With a control plane, all records are reset before each part and at the end.
    """
    context = connect(api, settings)
    with closing(context.wire), closing(context.control):
        return run_parts(context, on_progress=on_progress)


def connect(api: Api, settings: CampaignSettings) -> Context:
    """Return the context of a campaign by URL. Raises SpecloomError when the server does not answer.

    Over a part of the operations of a large API, it has a time limit even if none is set.
    """
    parts = check_target(settings)
    given = (settings.credential,) if settings.credential is not None else settings.credentials
    credentials = credentials_of(api, given)
    redactor = Redactor(credentials, () if settings.control_token is None else (settings.control_token,))
    try:
        control = ControlPlane(parts, api.name, settings)
    except SpecloomError as error:
        raise redactor.error(error) from None
    if not control.available and not is_this_machine(parts.hostname or ""):
        control.close()
        raise SpecloomError(
            f"{parts.hostname} is not this machine, and no sandbox: a whole campaign would change records there",
            remedy="add --live to send it only what a correct server refuses",
        )
    some = narrowed(api, settings.max_operations, settings.seed)
    if len(some.operations) < len(api.operations) and settings.time_limit is None:
        settings = attrs.evolve(settings, time_limit=LARGE_TIME_LIMIT)
    return Context(
        api=some,
        whole=api,
        settings=settings,
        wire=HttpWire(settings.base_url, settings.timeout),
        control=control,
        supply=Supply(api, None if control.available else settings.listed),
        credentials=credentials,
        redactor=redactor,
        deadline=None if settings.time_limit is None else time.monotonic() + settings.time_limit,
    )


@repeatable()
def run_parts(
    context: Context,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    parts: Mapping[str, Part] = PARTS,
) -> CampaignResult:
    """Run the parts that the settings choose from `parts`. Raises SpecloomError and CampaignInterrupted."""
    started = time.monotonic()
    tally = Tally(context)
    try:
        for event in _events(context, _chosen(context.settings.parts, parts)):
            tally.add(event)
            if on_progress is not None and isinstance(event, Case):
                on_progress(Progress(event.part, tally.cases))
            if context.settings.stop_at_first and tally.failures:
                break
        else:
            _shorten(context, tally)
        _restore(context)
    except ControlFailedError as error:
        # Whoever cannot tell its records may have failed at requests as well: what was found until then counts.
        tally.add(Failure(context.api.operations[0].label, "control_plane", f"{error.message}; {error.remedy}"))
        tally.add(LeftOut("all that was to come when the control plane failed"))
    except SpecloomError as error:
        raise context.redactor.error(error) from None
    except KeyboardInterrupt:
        tally.add(LeftOut("all that was to come when the campaign was stopped"))
        raise CampaignInterrupted(_result(context, tally, started, stopped=True)) from None
    return _result(context, tally, started)


def _chosen(names: tuple[str, ...], parts: Mapping[str, Part]) -> dict[str, Part]:
    for name in names:
        if name not in parts:
            raise SpecloomError(f"a campaign has no part {name!r}", remedy=f"choose from: {', '.join(parts)}")
    return {name: part for name, part in parts.items() if name in names or not names}


def _events(context: Context, chosen: Mapping[str, Part]) -> Iterator[Event]:
    yield from map(LeftOut, context.control.left_out)
    asked, known = len(context.api.operations), len(context.whole.operations)
    if asked < known:
        yield LeftOut(
            f"{known - asked} of {known} operations but for one valid request each: --max-operations 0 takes all of "
            "them, another --seed others"
        )
    for name, part in chosen.items():
        if context.is_over:
            yield LeftOut(f"the part {name}: the time limit of {context.settings.time_limit:g} s was over before it")
            continue
        _restore(context)
        given = _with_share(context, name, chosen)
        yield from part(given)
        if given.is_over:
            yield LeftOut(f"the rest of the part {name}: the time limit of {context.settings.time_limit:g} s was over")


def _with_share(context: Context, name: str, chosen: Mapping[str, Part]) -> Context:
    """Return the context of a part: of an API that is looked at in part, none may take the time of all others."""
    if context.deadline is None or len(context.api.operations) == len(context.whole.operations):
        return context
    left = list(chosen)[list(chosen).index(name) :]
    share = _WEIGHTS.get(name, 1) / sum(_WEIGHTS.get(each, 1) for each in left)
    now = time.monotonic()
    return attrs.evolve(context, deadline=now + share * (context.deadline - now))


def _shorten(context: Context, tally: Tally) -> None:
    """Leave out the steps that failures do not need, as far as a server that can be reset and a few seconds allow."""
    longer = [name for name, failure in tally.failures.items() if len(failure.steps) > 1]
    if not longer or not context.control.available or context.is_over:
        return
    end = time.monotonic() + _SECONDS_TO_SHORTEN
    rerun = Rerun(context)
    for name in longer:
        shorter = shortened(rerun, tally.failures[name], lambda: context.is_over or time.monotonic() > end)
        tally.replace(name, shorter)


def _restore(context: Context) -> None:
    if context.control.available:
        context.control.reset()
        context.supply.restore()


def _result(context: Context, tally: Tally, started: float, *, stopped: bool = False) -> CampaignResult:
    return CampaignResult(
        api=context.api.name,
        base_url=context.settings.base_url,
        seed=context.seed,
        cases=tally.cases,
        phases=dict(tally.phases),
        operations={label: dict(found) for label, found in tally.operations.items()},
        statuses=tally.statuses,
        seconds=time.monotonic() - started,
        failures=tuple(tally.failures.values()),
        left_out=tuple(tally.left_out()),
        coverage=tally.coverage(),
        spec=context.api.document.digest(),
        credentials=known_credentials(context.api, context.credentials),
        stopped=stopped,
    )
