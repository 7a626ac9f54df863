"""Make requests of httpx of what the generated code gives for a call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import httpx

from specloom.generate.runtime.credentials import Applied
from specloom.generate.runtime.errors import RequestValidationError
from specloom.generate.runtime.headers import check_headers, check_segment

# What httpx sends with every request unless told otherwise.
_DEFAULTS: Final = {"accept": "*/*", "accept-encoding": "gzip, deflate", "connection": "keep-alive"}
_CONTENT: Final = frozenset({"content", "data", "files", "json"})


class RequestMaker:
    """Makes the requests of a client: joins URLs, checks what callers give, encodes bodies."""

    __slots__ = ("_base_url", "_headers")

    def __init__(self, base_url: str, headers: Mapping[str, str], user_agent: str) -> None:
        """Take the base URL and headers for every request. Raises RequestValidationError when they cannot be sent."""
        try:
            parsed = httpx.URL(base_url)
        except (httpx.InvalidURL, TypeError, ValueError):
            parsed = httpx.URL("")
        if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo or parsed.query:
            raise RequestValidationError("base_url must be one such as https://api.example.com, without credentials")
        check_headers(headers)
        self._base_url = base_url.rstrip("/")
        self._headers = {**_DEFAULTS, "user-agent": user_agent, **{k.lower(): v for k, v in headers.items()}}

    @property
    def base_url(self) -> str:
        """The base URL without a slash at its end."""
        return self._base_url

    def url(self, template: str, call: Mapping[str, Any]) -> str:
        """Return the URL of a call, without credentials. Raises RequestValidationError for an empty or dot segment."""
        path: str = call["url"]
        if "{" in template:
            for expected, segment in zip(template.split("/"), path.split("/"), strict=False):
                if expected[:1] == "{" and expected.find("}") == len(expected) - 1:
                    check_segment(expected[1:-1], segment)
        params = call.get("params")
        if not params:
            return self._base_url + path
        return f"{self._base_url}{path}?{httpx.QueryParams(params)}"

    def headers(self, call: Mapping[str, Any], options: Mapping[str, str] | None) -> dict[str, str]:
        """Return the headers of a call by lower-case name: those of the client, of its arguments, of its options."""
        given: Mapping[str, str] | None = call.get("headers")
        if not given and not options:
            return dict(self._headers)
        extra = {name.lower(): str(value) for each in (given, options) if each for name, value in each.items()}
        if not _CONTENT & call.keys():
            extra.pop("content-type", None)
        check_headers(extra)
        return {**self._headers, **extra}

    @staticmethod
    def body(call: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments with which httpx sends the body. Raises RequestValidationError when it is no JSON."""
        if "json" in call:
            try:
                text = json.dumps(call["json"], ensure_ascii=False, allow_nan=False, separators=(",", ":"))
                return {"content": text.encode()}
            except (TypeError, ValueError, RecursionError) as error:
                problem = f"the body cannot be written as JSON: {type(error).__name__}"
            raise RequestValidationError(problem)
        return {name: call[name] for name in _CONTENT & call.keys()}


def request(
    method: str, url: str, headers: dict[str, str], body: dict[str, Any], applied: Iterable[Applied]
) -> httpx.Request:
    """Return the request with its credentials, which are added to copies of what is given."""
    for each in applied:
        if each.place == "header":
            headers = {**headers, each.name.lower(): each.value}
        elif each.place == "query":
            url = f"{url}{'&' if '?' in url else '?'}{httpx.QueryParams({each.name: each.value})}"
        else:
            cookie = f"{each.name}={each.value}"
            headers = {**headers, "cookie": f"{headers['cookie']}; {cookie}" if "cookie" in headers else cookie}
    if "content" in body and "content-type" not in headers:
        headers = {**headers, "content-type": "application/json"}
    return httpx.Request(method, url, headers=headers, **body)
