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
    api, by_id = _api(task.api, task.spec, task.path)
    rule = by_id[task.rule]
    found = tuple(try_mutant(api, mutant, task) for mutant in mutants(api, rule))
    return found or (attrs.evolve(_verdict(api, rule, "", ""), state="equivalent", reason=unbreakable(rule)),)


def try_right(task: Task) -> tuple[str, ...]:
    """Return what a campaign says is wrong with a server that is right."""
    api, _ = _api(task.api, task.spec, task.path)
    found = events(api, task.make_app(api), task.serve, task.seed)
    failures = [event for event in found if isinstance(event, Failure)]
    return tuple(f"{api.name} {each.operation}: {each.check}: {each.message}" for each in failures)


def try_mutant(api: Api, mutant: Mutant, task: Task) -> Verdict:
    """Run the campaign for the spec of `api` against `mutant`, and end with the first failure that fits."""
    verdict = _verdict(api, mutant.rule, mutant.id, mutant.text)
    if mutant.equivalent:
        return attrs.evolve(verdict, state="equivalent", reason=mutant.equivalent)
    started = time.perf_counter()
    others: Counter[str] = Counter()
    cases = 0
    focus = Focus(_FIRST.get(mutant.rule.area, ""), mutant.rule.operation)
    for event in events(api, mutant.app(task.make_app), task.serve, task.seed, focus):
        cases += isinstance(event, Case)
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
def _api(name: str, spec: str, path: str) -> tuple[Api, dict[str, Rule]]:
    """Return an API and its rules by id; a process reads a spec once."""
    api = read_api(parse(spec, Path(path)), name)
    return api, {rule.id: rule for rule in rules(api)}
