"""A request with what must come of it, and what came."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

import attrs

from specloom.fuzz.conformance import Location
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.oracle import Verdict
from specloom.fuzz.result import Step
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Operation
from specloom.spec.api import Example
from specloom.spec.behaviour import Outcome

OUTCOME: Final = "documented_outcome"
CREDENTIALS: Final = "credentials_required"
TENANTS: Final = "tenant_isolation"


@attrs.frozen
class Preferred:
    """A documented answer that a sandbox is asked for: a status, and one of its examples or any."""

    status: str
    example: Example | None = None


@attrs.frozen
class Probe:
    """A request to `operation`, and all outcomes and further statuses with which a correct server may answer it.

    `draft` and `verdict` tell what a success changes; `places` are those of which an error must name one. `text` says
    what the request is, `rule` is the pointer of the rule that it is about, and `check` what fails at another status.
    `before` are requests that led to it. `preferred` is the documented answer that the request asks a sandbox for.
    """

    operation: Operation
    request: Request
    text: str
    rule: str
    outcomes: tuple[Outcome, ...] = ()
    statuses: tuple[str, ...] = ()
    places: tuple[Location, ...] = ()
    check: str = OUTCOME
    draft: Draft | None = None
    verdict: Verdict | None = None
    before: tuple[Step, ...] = ()
    preferred: Preferred | None = None


@attrs.frozen
class Exchange:
    """A probe and the answer to it; None when none came. `step` is as a report shows it."""

    probe: Probe
    answer: Answer | None
    succeeded: bool
    failed: bool
    step: Step


Family = Generator[Probe, Exchange, None]
"""Probes of one kind, made one after the other from what came of those before."""
