"""What a campaign is run with, and what comes out of it."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

import attrs

from specloom.spec import Api, Credential, SpecloomError


@attrs.frozen
class CampaignSettings:
    """Where to send requests, and how many: `max_examples` for each operation, phase and kind of data.

    `credential` is the first of the spec's that may call the operations, unless one is given. `timeout` is in seconds.
    `allowed_hosts` names hosts besides this machine that may be fuzzed.
    """

    base_url: str
    seed: int = 0
    max_examples: int = 50
    credential: Credential | None = attrs.field(default=None, repr=False)
    timeout: float = 10.0
    allowed_hosts: tuple[str, ...] = ()


@attrs.frozen
class Progress:
    """How far a campaign has come: the phase, and the cases run so far."""

    phase: str
    cases: int


@attrs.frozen
class Failure:
    """A check that failed for an operation (`POST /path`), with a curl line that shows it; secrets are left out."""

    operation: str
    check: str
    message: str
    curl: str
    status: int | None
    pointer: str


@attrs.frozen
class CampaignResult:
    """The outcome of a campaign; `left_out` says what could not be checked, and why. `seconds` is wall time.

    `operations` counts the requests of each operation (`POST /path`) by phase, `phases` those of all operations.
    """

    api: str
    base_url: str
    seed: int
    cases: int
    phases: dict[str, int]
    operations: dict[str, dict[str, int]]
    statuses: dict[str, int]
    seconds: float
    failures: tuple[Failure, ...]
    left_out: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return not self.failures


def check_target(settings: CampaignSettings) -> SplitResult:
    """Return the parts of the base URL. Raises SpecloomError when it is none, or when its host may not be fuzzed.

    A campaign cancels and rejects what it finds: a server of a vendor is never fuzzed by mistake.
    """
    url = settings.base_url
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"}:
        raise SpecloomError(f"{url!r} is no base URL", remedy="give one such as http://127.0.0.1:8000/api")
    if not _is_this_machine(host) and host not in settings.allowed_hosts:
        raise SpecloomError(
            f"{host} is not this machine; fuzzing it would change records there",
            remedy=f"if that is meant, and you may do so, add --allow-host {host}",
        )
    return parts


def credential_for(api: Api, settings: CampaignSettings) -> Credential:
    """Return the credential to use, with its tenant if the spec knows it."""
    known = [each for scheme in api.security_schemes.values() for each in scheme.credentials if not each.forbidden]
    given = settings.credential
    if given is None:
        return known[0] if known else Credential(tenant="")
    secret = (given.token, given.user, given.password)
    return next((each for each in known if (each.token, each.user, each.password) == secret), given)


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
