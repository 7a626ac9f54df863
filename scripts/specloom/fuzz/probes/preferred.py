"""Probes of documented answers that no request leads to, such as 500: a sandbox sends them when it is asked to."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.passes import NOBODY
from specloom.fuzz.probes.probe import Family, Preferred, Probe
from specloom.spec import Operation


def answers(bench: Bench) -> Family:
    """Ask for each answer by `Prefer: code=` (RFC 7240) on a valid request, and for each of its examples by name.

    What has a control plane is a sandbox, and knows these preferences; other servers are not asked.
    """
    for operation, shapes in bench.operations() if bench.control is not None else ():
        for preferred in _preferred(operation):
            draft = bench.live(shapes.plain)
            if draft is not None:
                yield _asking(bench, draft, preferred)


def unreached(operation: Operation) -> list[str]:
    """Return the documented statuses with which no outcome is answered; of an operation without outcomes, none."""
    reached = {answer.status for answer in operation.answers.values()}
    return [status for status in operation.responses if status.isdigit() and status not in reached] if reached else []


def _preferred(operation: Operation) -> Iterator[Preferred]:
    for status in unreached(operation):
        yield Preferred(status)
        for media_type in operation.responses[status].media_types:
            yield from (Preferred(status, example) for example in media_type.examples if _can_be_quoted(example.name))


def _can_be_quoted(name: str) -> bool:
    """Say whether a quoted string can hold a name without escapes (RFC 9110, 5.6.4)."""
    return name.isascii() and name.isprintable() and not set(name) & set('"\\') and name != ""


def _asking(bench: Bench, draft: Draft, preferred: Preferred) -> Probe:
    """Return a valid request that asks for an answer."""
    operation, status, example = draft.operation, preferred.status, preferred.example
    named = f', example="{example.name}"' if example is not None else ""
    request = draft.request(bench.credential(operation) or NOBODY)
    request = attrs.evolve(request, headers=(*request.headers, ("Prefer", f"code={status}{named}")))
    text = f"a request that prefers the answer {status}{named}"
    rule = f"{operation.pointer}/responses/{status}"
    return Probe(operation, request, text, rule, draft=draft, preferred=preferred)
