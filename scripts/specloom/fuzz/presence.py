"""Tell by the answer to `GET /_sandbox/` whether a server has a control plane, and refuse one that fails."""

from __future__ import annotations

import json
from typing import Any

from specloom.fuzz.conformance.documented import is_json
from specloom.fuzz.wire import Answer
from specloom.spec import SpecloomError


def is_present(found: Answer, api: str, name: str, *, has_token: bool) -> bool:
    """Say whether the server that is called `name` to people has a control plane for `api`.

    Whatever refuses, redirects, or answers something else than JSON has none. Raises SpecloomError when a control plane
    lets nobody in, and when what is there fails: to go on would be to spoil records that it could bring back.
    """
    _check_let_in(found, name, has_token=has_token)
    if found.status >= 500 and found.status != 501:  # noqa: PLR2004 - RFC 9110, 15.6: 501 knows no such request
        raise _failing(name, f"it answered {found.status}")
    media_types = found.header_values("content-type")
    if found.status != 200 or not any(map(is_json, media_types)):  # noqa: PLR2004 - RFC 9110, 15.3.1
        return False
    apis = _apis(found)
    if not isinstance(apis, dict):
        raise _failing(name, "it lists no APIs")
    return api in apis


def demands_token(found: Answer) -> bool:
    """Say whether a control plane refuses who has no token; what refuses all requests names another realm, or none."""
    challenges = found.header_values("www-authenticate")
    return found.status == 401 and any('realm="control plane"' in each for each in challenges)  # noqa: PLR2004 - RFC 9110, 15.5.2


def _check_let_in(found: Answer, name: str, *, has_token: bool) -> None:
    """Raise SpecloomError when `found` is how a control plane refuses another machine."""
    if demands_token(found):
        raise SpecloomError(
            f"the control plane of {name} " + ("refuses the control token" if has_token else "demands a token"),
            remedy="give --control-token, or set SPECLOOM_CONTROL_TOKEN: the token that the sandbox was started with",
        )
    if found.status == 403 and b"control plane" in found.body:  # noqa: PLR2004 - RFC 9110, 15.5.4
        raise SpecloomError(
            f"the control plane of {name} answers its own machine alone",
            remedy="start that sandbox with --control-token TOKEN, and give the same token here",
        )


def _apis(found: Answer) -> Any:
    """Return the APIs that a control plane lists; None when it lists none."""
    try:
        told = json.loads(found.body)
    except (ValueError, RecursionError):
        return None
    return told.get("apis") if isinstance(told, dict) else None


def _failing(name: str, reason: str) -> SpecloomError:
    return SpecloomError(
        f"the control plane of {name} fails: {reason}",
        remedy="see what the server logged; if it is no sandbox and has no control plane, add --no-control-plane",
    )
