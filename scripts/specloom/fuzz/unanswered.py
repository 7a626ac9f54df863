"""Know of which request it is that an error of `requests` says that it had no answer, or none to its end."""

from __future__ import annotations

from typing import Any

import requests


def read_whole(response: requests.Response, **sending: Any) -> None:
    """Read the body of `response` as soon as its head is there, as a hook of `requests`.

    An error at the head names its request, one in the middle of a body does not: here it is named.
    """
    del sending
    if response.headers.get("content-type", "").startswith("text/event-stream"):
        return  # it may have no end
    try:
        response.content  # noqa: B018 - it is read once, and kept
    except requests.RequestException as error:
        error.request = error.request or response.request
        raise


def request_of(error: BaseException) -> requests.PreparedRequest | None:
    """Return the request that an error is about; None for all errors that are not about one."""
    request = error.request if isinstance(error, requests.RequestException) else None
    return request if isinstance(request, requests.PreparedRequest) else None
