"""Prepare the plan for a live server, and run it as a campaign once it is confirmed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import attrs

from specloom.fuzz.context import Context
from specloom.fuzz.control import NoControlPlane
from specloom.fuzz.hosts import Host, addresses_of, host_of, is_allowed
from specloom.fuzz.live_server.connecting import PinnedWire
from specloom.fuzz.live_server.guard import LiveGuard
from specloom.fuzz.live_server.plan import LivePlan, live_plan
from specloom.fuzz.live_server.run import PART, live
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.result import CampaignResult
from specloom.fuzz.running import run_parts
from specloom.fuzz.settings import CampaignSettings
from specloom.fuzz.targets import Supply
from specloom.spec import Api, Place, SpecloomError

_SAID: Final = "a live server: nothing was sent but what a correct server refuses, and calls for listed records"
Resolve = Callable[[Host], tuple[str, ...]]


@attrs.frozen
class Limits:
    """How a live server may be called: `rate` in requests per second, `max_time` in seconds.

    `allowed` returns the allow list as it is at the moment; it is asked before each request.
    """

    allowed: Callable[[], Iterable[str]]
    rate: float = 2.0
    max_time: float = 300.0


def prepare(api: Api, settings: CampaignSettings, limits: Limits, *, resolve: Resolve = addresses_of) -> LivePlan:
    """Return the plan for the server of the base URL; nothing is sent.

    Raises SpecloomError when the host is not on the allow list, when its name leads nowhere, or when there is nothing
    that could be sent.
    """
    host = host_of(settings.base_url)
    if not is_allowed(host, limits.allowed()):
        raise SpecloomError(
            f"{host} is not on the allow list",
            remedy=f"if you may test that server, add --allow-host {host}",
        )
    given = settings.credentials if settings.credential is None else (settings.credential,)
    tenant = next(iter(api.tenants), "")
    credentials = [each if each.tenant else attrs.evolve(each, tenant=tenant) for each in given]
    plan = live_plan(api, host, resolve(host), Supply(api, settings.listed), credentials)
    if not plan.requests:
        raise SpecloomError("there is nothing to send", remedy="; ".join(plan.left_out))
    return plan


def run_live(  # noqa: PLR0913 - each is one of the limits
    api: Api,
    settings: CampaignSettings,
    plan: LivePlan,
    limits: Limits,
    *,
    confirmed: str,
    resolve: Resolve = addresses_of,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> CampaignResult:
    """Send the requests of a plan, which the user has `confirmed` by its digest, and return what comes of it.

    Raises SpecloomError when the guard refuses the first request, and CampaignInterrupted on Ctrl-C.
    """
    guard = LiveGuard(
        plan,
        lambda host, address: PinnedWire(settings.base_url, host, address, settings.timeout),
        confirmed=confirmed,
        allowed=limits.allowed,
        rate=limits.rate,
        max_time=limits.max_time,
        resolve=resolve,
        clock=clock,
        sleep=sleep,
    )
    credentials = settings.credentials if settings.credential is None else (settings.credential,)
    context = Context(
        api=api,
        settings=attrs.evolve(settings, parts=()),
        wire=guard,
        control=NoControlPlane(_SAID),
        supply=Supply(api, settings.listed),
        credentials=credentials,
        redactor=Redactor(credentials),
    )
    return run_parts(context, parts={PART: lambda _: live(plan, guard)})


def read_hosts(path: Path) -> tuple[str, ...]:
    """Return the hosts in an allow list, one a line; what follows `#` is a remark. Raises SpecloomError."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SpecloomError(f"the allow list cannot be read: {error}", place=Place(path)) from None
    return tuple(name for name in (line.partition("#")[0].strip() for line in lines) if name)
