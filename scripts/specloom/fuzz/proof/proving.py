"""Prove a campaign: each mutant of each rule of each API, in the processes of an executor."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor

import attrs

from specloom.fuzz.proof.inside import Serve
from specloom.fuzz.proof.mutant import MakeApp
from specloom.fuzz.proof.result import ProofResult, Verdict
from specloom.fuzz.proof.trying import Task, try_right, try_rule
from specloom.fuzz.rules import rules
from specloom.scheduling import completed
from specloom.spec import Api, SpecloomError


@attrs.frozen
class Progress:
    """How far a proof has come: rules done, and all of them; mutants tried, and those that survived."""

    done: int
    total: int
    mutants: int
    survived: int


def prove(  # noqa: PLR0913 - what is proved, and with what
    apis: Sequence[Api],
    make_app: MakeApp,
    executor: Executor,
    *,
    serve: Serve,
    only: Collection[str] = (),
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
) -> ProofResult:
    """Break each rule of each spec, one at a time, and require that the campaign fails in a way that fits.

    `make_app` and `serve` are what a process of `executor` can import. `only` names the rules to prove, by
    id or by kind; none means all. The campaign must pass on a server that is right, or no verdict counts. Raises
    SpecloomError when `only` names no rule.
    """
    started = time.monotonic()
    tasks = list(_tasks(apis, make_app, serve, seed, only))
    if not tasks:
        raise SpecloomError(
            f"no rule is called {' or '.join(only)}", remedy="see the ids and kinds that `specloom prove --json` prints"
        )
    rights = [attrs.evolve(next(task for task in tasks if task.api == name), rule="") for name in _names(tasks)]
    verdicts: dict[int, tuple[Verdict, ...]] = {}
    wrong = [text for _, found in completed(executor, try_right, rights) for text in found]
    for index, found in completed(executor, try_rule, tasks):
        verdicts[index] = found
        if on_progress is not None:
            mutants = [verdict for each in verdicts.values() for verdict in each]
            survived = sum(verdict.state == "survived" for verdict in mutants)
            on_progress(Progress(len(verdicts), len(tasks), len(mutants), survived))
    ordered = tuple(verdict for index in range(len(tasks)) for verdict in verdicts[index])
    specs = {api.name: api.document.digest() for api in apis}
    return ProofResult(ordered, tuple(wrong), time.monotonic() - started, specs, tuple(only))


def _tasks(apis: Sequence[Api], make_app: MakeApp, serve: Serve, seed: int, only: Collection[str]) -> Iterator[Task]:
    for api in apis:
        spec = api.document.path.read_text("utf-8")
        for rule in rules(api):
            if not only or {rule.id, rule.kind, rule.area} & set(only):
                yield Task(api.name, spec, str(api.document.path), rule.id, seed, make_app, serve)


def _names(tasks: Sequence[Task]) -> list[str]:
    return list(dict.fromkeys(task.api for task in tasks))
