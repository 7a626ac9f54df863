"""Run a campaign against one mutant until a failure of a fitting kind comes."""

from __future__ import annotations

import time
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final

import attrs

from specloom.fuzz.proof.fitting import fits
from specloom.fuzz.proof.inside import Focus, Serve, events
from specloom.fuzz.proof.mutant import MakeApp, Mutant
from specloom.fuzz.proof.mutants import mutants, unbreakable
from specloom.fuzz.proof.result import Verdict
from specloom.fuzz.result import Case, Failure
from specloom.fuzz.rules import Rule, rules
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

_FIRST: Final = {"seeds": "seeds", "transition": "machine"}
"""The part of a campaign that is about an area of rules: the other parts are run only if it finds nothing."""


@attrs.frozen
class Task:
    """One rule of one API to prove, whole enough for a process on another machine: the spec goes along as text.

    With an empty `rule` the campaign runs against a server that is right.
    """

    api: str
    spec: str = attrs.field(repr=False)
    path: str
    rule: str
    seed: int
    make_app: MakeApp = attrs.field(repr=False)
    serve: Serve = attrs.field(repr=False)


def try_rule(task: Task) -> tuple[Verdict, ...]:
    """Return the verdict on each mutant of a rule; one on the rule itself when it has none."""
    known = _known(task.api, task.spec, task.path, task.seed)
    api, rule = known.api, known.rules[task.rule]
    found = tuple(try_mutant(known, mutant, task) for mutant in mutants(api, rule))
    return found or (attrs.evolve(_verdict(api, rule, "", ""), state="equivalent", reason=unbreakable(rule)),)


def try_right(task: Task) -> tuple[str, ...]:
    """Return what a campaign says is wrong with a server that is right."""
    api = _known(task.api, task.spec, task.path, task.seed).api
    found = events(api, task.make_app(api), task.serve, task.seed)
    failures = [event for event in found if isinstance(event, Failure)]
    return tuple(f"{api.name} {each.operation}: {each.check}: {each.message}" for each in failures)


@attrs.frozen
class Known:
    """What a process knows of an API: its rules by id, and with which statuses no campaign was answered.

    `silent` has the number of cases of such a campaign, by operation and status.
    """

    api: Api
    rules: dict[str, Rule]
    silent: dict[tuple[str, str], int] = attrs.field(factory=dict)


def try_mutant(known: Known, mutant: Mutant, task: Task) -> Verdict:
    """Run the campaign for the spec of an API against `mutant`, and end with the first failure that fits.

    A campaign with the same seed sends the same again: what changes none of its answers is known to survive.
    """
    api, answers = known.api, (mutant.rule.operation, mutant.status)
    verdict = _verdict(api, mutant.rule, mutant.id, mutant.text)
    if mutant.equivalent:
        return attrs.evolve(verdict, state="equivalent", reason=mutant.equivalent)
    if mutant.status and answers in known.silent:
        return attrs.evolve(verdict, cases=known.silent[answers], reason=f"no answer had the status {mutant.status}")
    started = time.perf_counter()
    others: Counter[str] = Counter()
    cases, statuses = 0, set[str]()
    focus = Focus(_FIRST.get(mutant.rule.area, ""), mutant.rule.operation)
    for event in events(api, mutant.app(task.make_app), task.serve, task.seed, focus):
        if isinstance(event, Case):
            cases += 1
            statuses |= {event.status} if event.operation == mutant.rule.operation else set()
        if not isinstance(event, Failure):
            continue
        if fits(mutant.rule, event.operation, event.check):
            return attrs.evolve(
                verdict,
                state="caught",
                check=event.check,
                message=event.message,
                exact=_names(event.rule, mutant.rule),
                cases=max(cases, 1),
                seconds=time.perf_counter() - started,
            )
        others[f"{event.operation}: {event.check}"] += 1
    reason = "no check failed"
    if others:
        reason = f"the campaign failed, but not in a way that fits: {', '.join(others)}"
    elif mutant.status and mutant.status not in statuses:
        known.silent[answers] = cases
        reason = f"no answer had the status {mutant.status}"
    return attrs.evolve(verdict, cases=cases, seconds=time.perf_counter() - started, reason=reason)


def _verdict(api: Api, rule: Rule, mutant: str, change: str) -> Verdict:
    return Verdict(
        api=api.name,
        rule=rule.id,
        kind=rule.kind,
        operation=rule.operation,
        pointer=rule.pointer,
        text=rule.text,
        mutant=mutant,
        change=change,
        state="survived",
    )


def _names(pointer: str, rule: Rule) -> bool:
    """Say whether a failure names the rule itself, by where it stands or by the way from the operation to it."""
    return bool(pointer) and any(
        f"{one}/".startswith(f"{other}/")
        for place in (rule.pointer, rule.at)
        for one, other in ((place, pointer), (pointer, place))
    )


@lru_cache(maxsize=8)
def _known(name: str, spec: str, path: str, seed: int) -> Known:
    """Return what is known of an API and of campaigns with a seed; a process reads a spec once."""
    del seed
    api = read_api(parse(spec, Path(path)), name)
    return Known(api, {rule.id: rule for rule in rules(api)})
