"""Make the requests of a call from what openapi-python-client's code says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx
from attrs import frozen

from specloom.generate.runtime.credentials import Applied, Credential
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import RequestValidationError
from specloom.generate.runtime.headers import Raw, encoded, encoded_cookies, replaced, without
from specloom.generate.runtime.redaction import HiddenUrl

_DOTS: Final = frozenset({"", ".", ".."})
_write: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@frozen(eq=False)
class Draft:
    """A request without credentials; `content` is None when it has no body. It can be sent any number of times.

    `query` is written already, unlike `params`.
    """

    method: str
    url: str
    query: str
    headers: Raw
    params: Mapping[str, Any] | None
    cookies: Mapping[str, Any] | None
    content: bytes | None


@frozen(eq=False, repr=False)
class Form:
    """What all requests of an operation have in common.

    `headers` has the credentials that stay the same, which are all in `applied`; those `elsewhere` are not in headers.
    The `changing` ones are found out for each attempt.
    """

    headers: Raw
    applied: tuple[Applied, ...]
    elsewhere: tuple[Applied, ...]
    changing: tuple[Credential, ...]


def draft(
    base_url: str, endpoint: Endpoint[Any], kwargs: Mapping[str, Any], headers: Mapping[str, str] | None
) -> Draft:
    """Return the request for `kwargs`, which are arguments of `httpx.Client.request`, `url` being a path.

    `headers` take the place of those in `kwargs`. Raises RequestValidationError when it cannot be sent.
    """
    path, _, query = str(kwargs["url"]).partition("?")
    check_path(endpoint.path, path)
    content, extra = _body(kwargs)
    own = kwargs.get("headers")
    raw = replaced(extra, encoded(own)) if own else extra
    if "files" in kwargs:
        # The boundary that is named must be the one that is there.
        raw = replaced(raw, extra)
    if headers:
        raw = replaced(raw, encoded(headers))
    if content is None and raw:
        raw = without(raw, b"content-type")
    return Draft(endpoint.method, base_url + path, query, raw, kwargs.get("params"), kwargs.get("cookies"), content)


def check_path(template: str, path: str) -> None:
    """Raise RequestValidationError when the value of a parameter changes which path it is.

    An empty one gives `//`, and clients remove `.` and `..` (RFC 3986, section 5.2.4).
    """
    if "{" not in template or ("//" not in path and "/." not in path and path[-1:] != "/"):
        return
    for wanted, given in zip(template.split("/"), path.split("/"), strict=False):
        if "{" in wanted and given in _DOTS:
            what = f"is {given!r}" if given else "is empty"
            raise RequestValidationError(f"{wanted.strip('{}')} {what}: that would address something else")


def request(
    client: httpx.Client | httpx.AsyncClient | None,
    form: Form,
    drafted: Draft,
    further: Sequence[Applied],
    timeouts: dict[str, float | None] | None,
) -> httpx.Request:
    """Return what is sent: `drafted`, with the credentials of `form` and the `further` ones of this attempt.

    `client` adds its own headers, cookies and parameters, if there is one.
    """
    headers, params, cookies = form.headers, drafted.params, drafted.cookies
    hidden: list[str] = []
    for each in (*form.elsewhere, *further) if form.elsewhere or further else ():
        if each.place == "header":
            headers = replaced(headers, [each.as_header])
        elif each.place == "query":
            params = {**(params or {}), each.name: each.value}
            hidden.append(each.name)
        else:
            cookies = {**(cookies or {}), each.name: each.value}
    if drafted.headers:
        headers = replaced(headers, drafted.headers)
    if cookies:
        headers = replaced(headers, [(b"Cookie", encoded_cookies(cookies).encode("ascii"))])
    made = (httpx.Request if client is None else client.build_request)(
        drafted.method,
        drafted.url,
        headers=headers,
        params=params or None,
        content=drafted.content,
        extensions=None if timeouts is None else {"timeout": timeouts},
    )
    if drafted.query:
        # httpx would write all of it anew, were it given both.
        made.url = made.url.copy_with(query="&".join(filter(None, (drafted.query, made.url.query.decode()))).encode())
    if hidden:
        made.url = HiddenUrl(made.url, hidden)
    return made


def _body(kwargs: Mapping[str, Any]) -> tuple[bytes | None, Raw]:
    """Return the body as it is sent, None without one, and the headers that say what it is."""
    if "json" in kwargs:
        try:
            return _write(kwargs["json"]).encode(), Raw([(b"Content-Type", b"application/json")])
        except UnicodeEncodeError:
            problem = "the body has half of a surrogate pair, which is no character"
        except (TypeError, ValueError, RecursionError):
            problem = "the body cannot be written as JSON: it has NaN, infinity, a cycle or a value of another kind"
        raise RequestValidationError(problem)
    content = kwargs.get("content")
    if isinstance(content, bytes):
        return content, Raw()
    if kwargs.get("files") == []:
        # httpx would send nothing; this is what browsers send.
        return b"--empty--\r\n", Raw([(b"Content-Type", b"multipart/form-data; boundary=empty")])
    given = {name: kwargs[name] for name in ("content", "data", "files") if kwargs.get(name) is not None}
    if not given:
        return None, Raw()
    # Files are read here, so that the request can be repeated.
    whole = httpx.Request("POST", "http://localhost", **given)
    return whole.read(), Raw(each for each in whole.headers.raw if each[0].lower() == b"content-type")
