"""Decide who may use the control plane: this machine, and whoever has the control token."""

from __future__ import annotations

import hmac
import ipaddress
import re
from typing import Final

import attrs

from specloom.sandbox.message import Reply, Request, problem
from specloom.spec import SpecloomError

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_TOKEN: Final = re.compile(r"[A-Za-z0-9\-._~+/]+=*")
# An IPv6 address in brackets, or a name or IPv4 address; then perhaps a port (RFC 9110, 7.2).
_HOST: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::[0-9]*)?")
# A proxy on this machine, which speaks for others, adds one of these (RFC 7239, and its predecessors).
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def _usable(_: object, __: object, token: str | None) -> None:
    if token is not None and _TOKEN.fullmatch(token) is None:
        raise SpecloomError(
            "the control token cannot be sent as a bearer token",
            remedy="give letters, digits and -._~+/ (RFC 6750, 2.1), such as `openssl rand -hex 16` prints",
        )


@attrs.frozen
class Access:
    """Lets in requests from this machine, and those that carry `token` where there is one.

    Raises SpecloomError when `token` is none.
    """

    token: str | None = attrs.field(default=None, repr=False, validator=_usable)

    def refusal(self, request: Request) -> Reply | None:
        """Return the answer to a request that may not use the control plane; None when it may.

        What comes from this machine may have been sent by a page of another site in a browser here: its `Host` is
        that of the page when a name was bound anew to this machine (DNS rebinding), its `Origin` when a page sends
        a form elsewhere (RFC 6454, 7.3).
        """
        if self.token is not None and _bears(request, self.token):
            return None
        if _is_local(request):
            return None if request.method in _SAFE or _is_same_site(request) else _OTHER_SITE
        if self.token is None:
            return _ELSEWHERE
        return problem(
            401,
            "give the control token as a bearer token",
            headers=[("www-authenticate", 'Bearer realm="control plane"')],
        )


_ELSEWHERE: Final = problem(
    403,
    "the control plane answers only requests from this machine to its own name (localhost or a loopback address); "
    "start the sandbox with --control-token to let others in",
)
_OTHER_SITE: Final = problem(403, "the control plane changes nothing for the page of another site")


def _bears(request: Request, token: str) -> bool:
    given = request.header_values("authorization")
    scheme, _, value = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    return scheme.lower() == "bearer" and hmac.compare_digest(
        value.strip(" ").encode("utf-8", "surrogateescape"), token.encode()
    )


def _is_local(request: Request) -> bool:
    """Whether a request was sent on this machine, to a name that only this machine has."""
    if request.peer is not None and not _is_loopback(request.peer):
        return False
    if any(request.header_values(name) for name in _FORWARDED):
        return False
    hosts = request.header_values("host")
    return not hosts or (len(hosts) == 1 and _names_this_machine(hosts[0]))


def _names_this_machine(host: str) -> bool:
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = (match[1] or match[2]).lower()
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback


def _is_same_site(request: Request) -> bool:
    """Whether no page of another site sent the request; what is no browser names no origin."""
    if request.header_values("sec-fetch-site") not in ([], ["same-origin"], ["none"]):
        return False
    origins = request.header_values("origin")
    if not origins:
        return True
    return len(origins) == 1 and origins[0].partition("://")[2].lower() in [
        host.lower() for host in request.header_values("host")
    ]
