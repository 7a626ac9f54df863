"""Run schemathesis over an API, with the campaign's hooks and checks in it."""

from __future__ import annotations

import base64
import copy
import math
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import hypothesis
import requests
import schemathesis
import schemathesis.specs.openapi.checks
from schemathesis.checks import CHECKS
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import RAW_QUERY_STRING_KEY, ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineEvent, PhaseStarted
from schemathesis.engine.run import PhaseName
from schemathesis.generation.case import Case
from schemathesis.generation.meta import REQUEST_SHAPE_PROBES, TestPhase, coverage_scenario
from schemathesis.hooks import GLOBAL_HOOK_DISPATCHER

from specloom.fuzz.appeals import Appeals
from specloom.fuzz.campaign import Campaign
from specloom.fuzz.exchange import Answer
from specloom.fuzz.live import Parts
from specloom.fuzz.settings import CampaignSettings
from specloom.fuzz.unanswered import read_whole
from specloom.fuzz.wire import NoAnswerError
from specloom.spec import Api, Credential, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.api import METHODS
from specloom.spec.expression import ABSENT

OWN_CHECKS: Final = ("answered", "documented_outcome", "documented_ensures", "fault_located", "unchanged_after_refusal")
"""Names of the checks that are ours, in the order in which they are made."""

_PROFILE: Final = "specloom-campaign"
_SCALARS: Final = (str, int, float, bool)
# Schemathesis would spend most of its time on a search for inputs that are accepted; live records give them here.
hypothesis.settings.register_profile(
    _PROFILE, hypothesis.settings.get_profile("default"), phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink)
)


def authorization(api: Api, credential: Credential) -> str | None:
    """Return the Authorization header for `credential` by the first HTTP scheme of the API; None without one."""
    for scheme in api.security_schemes.values():
        if scheme.scheme == "basic" and credential.user is not None:
            pair = f"{credential.user}:{credential.password}"
            return "Basic " + base64.b64encode(pair.encode()).decode()
        if scheme.type != "apiKey" and scheme.scheme != "basic" and credential.token is not None:
            return f"Bearer {credential.token}"
    return None


def events(
    api: Api, settings: CampaignSettings, credential: Credential, campaign: Campaign, appeals: Appeals
) -> Generator[EngineEvent]:
    """Run all phases of schemathesis and yield its events; the time limit of the settings is for them alone."""
    config = SchemathesisConfig.from_dict(configuration(api, settings, credential))
    schema = schemathesis.openapi.from_dict(_document(api), config=config)
    with _installed(campaign, settings.timeout, appeals):
        stream = from_schema(schema).execute()
        try:
            yield from _once(stream)
        finally:
            stream.stop()


def _once(stream: Iterable[EngineEvent]) -> Iterator[EngineEvent]:
    """Yield the events of each phase once: with a time limit, schemathesis begins again until the time is over."""
    begun = set[PhaseName]()
    for event in stream:
        if isinstance(event, PhaseStarted):
            if event.phase.name in begun:
                return
            begun.add(event.phase.name)
        yield event


def configuration(api: Api, settings: CampaignSettings, credential: Credential) -> dict[str, Any]:
    """Return the configuration of schemathesis, in the form of its `schemathesis.toml`."""
    header = authorization(api, credential)
    keys = [scheme for scheme in api.security_schemes.values() if scheme.type == "apiKey" and credential.token]
    return {
        "seed": settings.seed,
        # It gives each operation its share: one with a large body has cases for hours.
        **({} if settings.time_limit is None else {"max-time": max(1, math.ceil(settings.time_limit))}),
        "base-url": settings.base_url.rstrip("/"),
        "headers": {} if header is None else {"Authorization": header},
        **({"auth": {"openapi": {scheme.name: {"api_key": credential.token} for scheme in keys}}} if keys else {}),
        "checks": {"max_response_time": settings.max_response_time},
        "request-timeout": settings.timeout,
        "max-redirects": 0,
        "warnings": False,
        "cache": {"enabled": False},
        # What schemathesis learns from answers would make the cases depend on them, and times and identifiers in
        # answers differ in each run: the same seed could not give the same cases.
        "phases": {
            "examples": {"extra-data-sources": {"responses": False}},
            "coverage": {"extra-data-sources": {"responses": False}},
            # Nearly all the time of a campaign goes into making them, and the probes have tried what is near.
            "fuzzing": {
                "extra-data-sources": {"responses": False},
                "error-feedback": {"enabled": False},
                "generation": {"max-examples": max(1, settings.max_examples // 2)},
            },
            # Links lead to the same request again: the third step only follows from the second.
            # There are few of them, as the state machine that knows what the spec says about records does more.
            "stateful": {
                "max-steps": 3,
                "link-calibration": False,
                "inference": {"algorithms": []},
                "generation": {"max-examples": max(1, settings.max_examples // 5)},
            },
        },
        # They measure time, and a busy machine is no fault of the server.
        "suppress-health-check": ["all"],
        "generation": {"max-examples": settings.max_examples, "database": "none", "mode": "all"},
        "operations": [
            # By its label: method and path apart would each let further operations through.
            {"include-name": each.label, "checks": statuses(each)}
            for each in api.operations
        ],
    }


def statuses(operation: Operation) -> dict[str, Any]:
    """Return the configuration of the checks that judge by statuses: those with which an operation may answer."""
    answers = {outcome: answer.status for outcome, answer in operation.answers.items()}
    if not answers:
        return {}
    # A valid request may name no record or a used one, and a rule between fields is beyond a schema.
    refusals = ["unknown-record", "wrong-state"] + (["invalid"] if operation.constraints else [])
    positive = ["2xx", *(answers[outcome] for outcome in refusals if outcome in answers)]
    negative = [answers.get("invalid", "400"), answers.get("unauthenticated", "401"), "405", "415"]
    if "{" in operation.path:
        negative.append("404")  # what is no segment of a path leads nowhere
    return {
        "positive_data_acceptance": {"expected-statuses": list(dict.fromkeys(positive))},
        "negative_data_rejection": {"expected-statuses": list(dict.fromkeys(negative))},
    }


def _document(api: Api) -> dict[str, Any]:
    """Return the document with a link from each success to the same operation, for the stateful phase to follow.

    It leads to the second call for a record, which no vendor's page links to.
    """
    data = api.document.data
    kept: dict[str, set[str]] = {}
    for operation in api.operations:
        kept.setdefault(operation.path, set()).add(operation.method)
    paths = {
        path: {name: each for name, each in data["paths"][path].items() if name in found or name not in METHODS}
        for path, found in kept.items()
    }
    document: dict[str, Any] = copy.deepcopy({**data, "paths": paths})
    for operation in api.operations:
        success = operation.answers.get("success")
        if operation.transition is None or success is None:
            continue
        used = [expression for _, expression in operation.transition.match]
        link: dict[str, Any] = {
            "operationId": operation.id,
            "parameters": {
                f"{each.source}.{json_pointer.split(each.pointer)[0]}": each.text
                for each in used
                if each.source in {"path", "query", "header"}
            },
        }
        if any(each.root in {"item", "request.body"} for each in used):
            link["requestBody"] = "$request.body"
        response = json_pointer.get(document, operation.responses[success.status].pointer)
        response.setdefault("links", {})["sameAgain"] = link
    return document


@contextmanager
def _installed(campaign: Campaign, timeout: float, appeals: Appeals) -> Iterator[None]:
    """Add the hook and the checks of a campaign to schemathesis, whose registries are global, for a while."""
    judged: dict[str, dict[str, str]] = {}

    def before_call(context: Any, case: Case[Any], kwargs: dict[str, Any]) -> None:
        del context
        _prepare(campaign, case)
        kwargs["hooks"] = {"response": read_whole}

    def check(name: str) -> Any:
        def run(ctx: Any, response: Response, case: Case[Any]) -> None:
            del ctx
            if case.id not in judged:
                judged.clear()
                judged[case.id] = campaign.judge(case.id, _answer(response), lambda: _repeat(response, timeout))
            if name in judged[case.id]:
                raise AssertionError(judged[case.id][name])

        run.__name__ = name
        return run

    profile = hypothesis.settings.get_current_profile_name()
    GLOBAL_HOOK_DISPATCHER.register_hook_with_name(before_call, "before_call")
    filter_failure = _filter(campaign, appeals)
    GLOBAL_HOOK_DISPATCHER.register_hook_with_name(filter_failure, "filter_failure")
    for name in OWN_CHECKS:
        CHECKS.register(check(name))
    hypothesis.settings.load_profile(_PROFILE)
    try:
        yield
    finally:
        hypothesis.settings.load_profile(profile)
        GLOBAL_HOOK_DISPATCHER.unregister(before_call)
        GLOBAL_HOOK_DISPATCHER.unregister(filter_failure)
        for name in OWN_CHECKS:
            CHECKS.unregister(name)


def _filter(campaign: Campaign, appeals: Appeals) -> Callable[[Any, Any, Case[Any], Response], bool]:
    """Return the hook that says which failures are none."""

    def filter_failure(context: Any, failure: Any, case: Case[Any], response: Response) -> bool:
        del context
        operation = campaign.operation(case.operation.label)
        if not appeals.is_failure(failure, operation, response, lambda: campaign.is_valid(case.id)):
            return False
        if not isinstance(failure, AcceptedNegativeData) or case.meta is None:
            return True
        return case.meta.is_negative_at(ParameterLocation.BODY) or not campaign.is_valid(case.id)

    return filter_failure


def _prepare(campaign: Campaign, case: Case[Any]) -> None:
    """Write live records into a case of schemathesis."""
    body = case.body if _is_json(case.body) else ABSENT
    parts = Parts(case.path_parameters, case.query, dict(case.headers), body)
    meta = case.meta
    wrong = frozenset(
        location.value for location in (meta.components if meta else ()) if meta and meta.is_negative_at(location)
    )
    probe = (
        case.method.lower() != case.operation.method.lower()
        or coverage_scenario(case) in REQUEST_SHAPE_PROBES
        or RAW_QUERY_STRING_KEY in case.query
    )
    new = campaign.prepare(
        case.id,
        case.operation.label,
        parts,
        wrong,
        stateful=meta is not None and meta.phase.name is TestPhase.STATEFUL,
        probe=probe,
        valid=meta is None or meta.generation.mode.is_positive,
    )
    if new is not parts:
        case.path_parameters, case.query = new.path, new.query
        if new.body is not ABSENT:
            case.body = new.body


def _is_json(body: Any) -> bool:
    """Say whether a body is a JSON value; schemathesis also sends files, which are texts to Python, and none at all."""
    if isinstance(body, dict):
        return all(map(_is_json, body.values()))
    return all(map(_is_json, body)) if isinstance(body, list) else body is None or type(body) in _SCALARS


def _answer(response: Response) -> Answer:
    headers = {name.lower(): ", ".join(values) for name, values in response.headers.items()}
    return Answer.read(response.status_code, headers, response.content)


def _repeat(response: Response, timeout: float) -> Answer:
    """Send the request of `response` once more. Raises NoAnswerError."""
    try:
        with requests.Session() as session:
            session.trust_env = False
            again = session.send(response.request, timeout=timeout, allow_redirects=False)
    except requests.RequestException as error:
        raise NoAnswerError(f"the same request again, after it had succeeded, had no whole answer: {error}") from None
    return Answer.read(again.status_code, {name.lower(): value for name, value in again.headers.items()}, again.content)
