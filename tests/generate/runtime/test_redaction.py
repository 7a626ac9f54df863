from __future__ import annotations

import asyncio
import base64
import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.generate.runtime.lab import ADVICE, CANARY, KWARGS, URL, Answer, Server, answer, bearer, call, endpoint

from specloom.generate.runtime.async_session import AsyncSession
from specloom.generate.runtime.credentials import Credential
from specloom.generate.runtime.errors import ApiError, RequestValidationError
from specloom.generate.runtime.options import CallOptions
from specloom.generate.runtime.redaction import HiddenUrl, excerpt, redacted
from specloom.generate.runtime.session import Session

BOTH = pytest.mark.parametrize("style", ["sync", "async"])
ENCODED = base64.b64encode(f"user:{CANARY}".encode()).decode()

KINDS: dict[str, dict[str, Credential]] = {
    "bearer": bearer(CANARY),
    "function": bearer(lambda: CANARY),
    "basic": {"token": Credential("basic", ADVICE, ("user", CANARY))},
    "header": {"token": Credential("key", ADVICE, (CANARY,), "header", "X-Key")},
    "query": {"token": Credential("key", ADVICE, (CANARY,), "query", "api key")},
    "cookie": {"token": Credential("key", ADVICE, (CANARY,), "cookie", "key")},
}
EACH = pytest.mark.parametrize("kind", KINDS)


def echo(status: int) -> Callable[[httpx.Request], httpx.Response]:
    """Return an answer that repeats what was sent."""
    return lambda request: httpx.Response(status, text=f"{request.headers.raw} {request.url.raw_path!r} {CANARY}")


def unreadable(_: httpx.Request) -> httpx.Response:
    """Answer with JSON over whose value a reader trips, telling it."""
    return httpx.Response(200, json={"id": CANARY})


ENDINGS: dict[str, Answer] = {
    "success": answer(),
    "refusal": answer(422, json={"why": "x"}),
    "text": answer(422, text="x"),
    "echo of another refusal": echo(404),
    "echo of a fault": echo(503),
    "unreadable": unreadable,
    "no connection": httpx.ConnectError("x"),
    "late": httpx.ReadTimeout("x"),
    "no HTTP": httpx.RemoteProtocolError("x"),
    "no gzip": lambda _: httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=b"x"),
}


def hidden(text: str) -> bool:
    return CANARY not in text and ENCODED not in text


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Return the lines that any logger writes, at every level."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.extend([f"{record.name} {record.getMessage()}", repr(record.__dict__)])

    keep, root = Keep(), logging.getLogger()
    level = root.level
    names = ["httpx", "httpcore", "httpcore.connection", "httpcore.http11", "asyncio", "the_package"]
    before = {name: logging.getLogger(name).level for name in names}
    root.addHandler(keep)
    root.setLevel(logging.DEBUG)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(keep)
    root.setLevel(level)
    for name, value in before.items():
        logging.getLogger(name).setLevel(value)


def told(error: BaseException) -> Iterator[str]:
    """Yield all that an error tells: itself, its causes, its pickle, the locals of frames that are not of tests."""
    yield "".join(traceback.format_exception(error))
    yield repr(error)
    yield repr(pickle.dumps(error)) if isinstance(error, ApiError) and error.response is None else ""
    rest: list[BaseException | None] = [error]
    while rest:
        each = rest.pop()
        if each is None:
            continue
        yield repr({name: value for name, value in vars(each).items() if name != "body"})  # that is the vendor's
        yield from _locals(each.__traceback__)
        rest += [each.__cause__, each.__context__]


def _locals(found: TracebackType | None) -> Iterator[str]:
    while found is not None:
        code = found.tb_frame.f_code
        if "/tests/" not in code.co_filename:
            for name, value in found.tb_frame.f_locals.items():
                yield f"{code.co_name} {name} {value!r}"
        found = found.tb_next


@BOTH
@EACH
@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_no_credential_is_told(style: str, kind: str, ending: Answer, logged: list[str]) -> None:
    server = Server([ending])
    try:
        response = call(style, server, credentials=KINDS[kind], logger_name="the_package")
    except ApiError as error:
        assert [text for text in told(error) if not hidden(text)] == []  # noqa: PT017 - there may be none
    else:
        assert hidden(repr(response))
        assert hidden(repr(pickle.dumps(response)))
    (request, *_) = server.requests
    assert not hidden(f"{request.headers.raw} {request.url.raw_path!r}")
    assert [line for line in logged if not hidden(line)] == []
    assert [line for line in logged if line.startswith("the_package POST https://api.example.com/base/orders/1/cancel")]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the operation documents."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Keep what came, and answer."""
        self.server.seen.append(f"{self.path} {self.headers}")  # type: ignore[attr-defined]
        content = b'{"id": 7}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@BOTH
@EACH
@pytest.mark.parametrize("given", [False, True], ids=["own", "given"])
def test_no_log_of_a_real_connection_tells_a_credential(style: str, kind: str, given: bool, logged: list[str]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        _call_at(f"http://127.0.0.1:{server.server_port}", style, KINDS[kind], given=given)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    (seen,) = server.seen  # type: ignore[attr-defined]
    assert not hidden(seen)
    assert any(line.startswith("httpx HTTP Request: POST http") for line in logged)
    assert any(line.startswith("httpcore.http11") for line in logged)
    assert [line for line in logged if not hidden(line)] == []


def _call_at(url: str, style: str, credentials: dict[str, Credential], *, given: bool) -> None:
    if style == "sync":
        with httpx.Client(trust_env=False) as client:
            session = Session(url, credentials, http_client=client if given else None)
            assert session.call(endpoint(), KWARGS).parsed == 7
            session.close()
        return

    async def run() -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            session = AsyncSession(url, credentials, http_client=client if given else None)
            assert (await session.call(endpoint(), KWARGS)).parsed == 7
            await session.aclose()

    asyncio.run(run())


@EACH
@pytest.mark.parametrize("kind_of", [Session, AsyncSession])
def test_clients_and_credentials_tell_nothing_and_stay_where_they_are(kind: str, kind_of: type[Any]) -> None:
    session = kind_of(URL, KINDS[kind], headers={"X-Other": CANARY})
    assert repr(session) == f"{kind_of.__name__}('{URL}')"
    assert hidden(f"{vars(session)} {KINDS}")
    for refuse in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled or copied: it holds credentials"):
            refuse(session)
        with pytest.raises(TypeError, match="credentials cannot be pickled"):
            refuse(KINDS[kind]["token"])


def test_options_do_not_tell_headers() -> None:
    assert hidden(repr(CallOptions(headers={"X-Session": CANARY})))


@BOTH
@pytest.mark.parametrize("value", [f"{CANARY}\r\nX: y", f"{CANARY}\0", f"{CANARY}ł"])
def test_a_header_that_is_refused_is_not_told(style: str, value: str) -> None:
    with pytest.raises(RequestValidationError, match="X-Secret") as raised:
        call(style, [answer()], options=CallOptions(headers={"X-Secret": value}))
    assert hidden("".join(traceback.format_exception(raised.value)))


def test_a_base_url_with_a_password_is_refused_without_being_told() -> None:
    with pytest.raises(ValueError, match="must not hold a user or a password") as raised:
        Session(f"https://user:{CANARY}@api.example.com", {})
    assert hidden(str(raised.value))


def test_the_text_of_a_hidden_url_leaves_out_values_and_what_is_sent_does_not() -> None:
    url = HiddenUrl(httpx.URL("https://a.example/b?key=1&x=2&a+key=3&key=4#key=5"), ["key", "a key"])
    assert str(url) == "https://a.example/b?key=[redacted]&x=2&a+key=[redacted]&key=[redacted]#key=5"
    assert repr(url) == f"URL({str(url)!r})"
    assert url.raw_path == b"/b?key=1&x=2&a+key=3&key=4"


def test_credentials_are_found_as_json_and_urls_write_them() -> None:
    secret = 'pä"ß/wört &'
    forms = [secret, json.dumps(secret), httpx.QueryParams({"a": secret}), httpx.URL(f"/{secret}"), quote(secret)]
    for form in forms:
        assert "rt" not in redacted(f"<{form}>", [secret])
    assert excerpt(f"a{'b' * 291}{secret}", [secret]).endswith("[redacte…")


def test_a_short_credential_is_no_part_of_a_word() -> None:
    assert redacted("Expecting t, or 't'", ["t"]) == "Expecting [redacted], or '[redacted]'"
    assert redacted("a12345678b", ["12345678"]) == "a[redacted]b"
