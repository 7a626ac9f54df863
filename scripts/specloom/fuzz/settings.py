"""What a campaign is run with, and whether it may be."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

import attrs

from specloom.fuzz.conformance import MAX_SECONDS
from specloom.fuzz.hosts import host_of, is_allowed, is_this_machine
from specloom.fuzz.targets import KnownRecord
from specloom.spec import Credential, SpecloomError

TIMEOUT: Final = 10.0
"""How long to wait for an answer, in seconds."""

MAX_OPERATIONS: Final = 25
"""How many operations of an API a campaign looks at in depth unless it is told: a few minutes' worth."""

LARGE_TIME_LIMIT: Final = 180.0
"""Seconds for a campaign over an API with more operations, unless it is told."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9\-._~+/]+=*")


@attrs.frozen
class CampaignSettings:
    """Where to send requests, and how many.

    They are for `max_operations` (0 takes all); of `max_examples` for each, schemathesis makes a share per phase.
    `credential` is the first of the spec's that may call the operations, unless one is given; `credentials` are those
    of several tenants. `listed` are the records to act on where there is no control plane, in place of the spec's
    seeds. `timeout` is how long to wait for an answer, and `max_response_time` how long one may take, in seconds.
    `allowed_hosts` names hosts besides this machine that may be fuzzed. `parts` names those to run, in
    their usual order; none means all. After `time_limit` seconds no further case is begun. The control plane of the
    server is used if `control_plane` says so, with `control_token` when it demands one, as on another machine.
    """

    base_url: str
    seed: int = 0
    max_examples: int = 10
    max_operations: int = MAX_OPERATIONS
    credential: Credential | None = attrs.field(default=None, repr=False)
    credentials: tuple[Credential, ...] = attrs.field(default=(), repr=False)
    listed: tuple[KnownRecord, ...] | None = attrs.field(default=None, repr=False)
    timeout: float = TIMEOUT
    allowed_hosts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    stop_at_first: bool = False
    time_limit: float | None = None
    max_response_time: float = MAX_SECONDS
    control_plane: bool = True
    control_token: str | None = attrs.field(default=None, repr=False)


def check_target(settings: CampaignSettings) -> SplitResult:
    """Return the parts of the base URL.

    Raises SpecloomError when it is none, when its host may not be fuzzed, or when the control token cannot be sent. A
    campaign cancels and rejects what it finds: a server of a vendor is never fuzzed by mistake.
    """
    url = settings.base_url
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"}:
        raise SpecloomError(f"{url!r} is no base URL", remedy="give one such as http://127.0.0.1:8000/api")
    if "@" in parts.netloc or parts.query or parts.fragment:
        # Not shown: what stands there may be a secret.
        raise SpecloomError(
            "a base URL has no user, password, query or fragment", remedy="give credentials by --token or --user"
        )
    server = host_of(url)
    if not is_this_machine(server.name) and not is_allowed(server, settings.allowed_hosts):
        raise SpecloomError(
            f"{server} is not this machine; fuzzing it would change records there",
            remedy=f"if that is meant, and you may do so, add --allow-host {server}, and --live if it is no sandbox",
        )
    if settings.control_token is not None and _TOKEN.fullmatch(settings.control_token) is None:
        raise SpecloomError(
            "the control token is no bearer token (RFC 6750, 2.1)",
            remedy="give the one that the sandbox was started with: letters, digits and -._~+/",
        )
    return parts
