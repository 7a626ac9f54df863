"""The control plane answers this machine, whoever has the token, and no page of another site."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.sandbox.control.access import Access
from specloom.sandbox.message import Request
from specloom.spec import SpecloomError

TOKEN = "correct-horse"
OPEN, GUARDED = Access(), Access(TOKEN)


def _request(peer: str | None = "127.0.0.1", method: str = "POST", **headers: str) -> Request:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method, "/_sandbox/a/reset", headers=tuple(names.items()), peer=peer)


def _status(access: Access, request: Request) -> int | None:
    refusal = access.refusal(request)
    return None if refusal is None else refusal.status


@pytest.mark.parametrize("access", [OPEN, GUARDED])
@pytest.mark.parametrize("peer", [None, "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "a.localhost:1"])
def test_this_machine_needs_no_token(access: Access, peer: str | None, host: str) -> None:
    assert _status(access, _request(peer, host=host)) is None


@pytest.mark.parametrize("peer", ["10.0.0.7", "fe80::1", "::ffff:10.0.0.7", "192.168.0.1", "nonsense"])
def test_another_machine_is_refused_without_a_token(peer: str) -> None:
    request = _request(peer, "GET", host="localhost:8000")
    assert [_status(OPEN, request), _status(GUARDED, request)] == [403, 401]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "[", "10.0.0.7", "@localhost:x"]
)
def test_a_name_that_was_bound_anew_to_this_machine_is_refused(host: str) -> None:
    assert _status(OPEN, _request(method="GET", host=host)) == 403


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"])
def test_what_a_proxy_forwards_is_not_of_this_machine(header: str) -> None:
    request = Request("GET", "/_sandbox/", headers=(("host", "localhost"), (header, "10.0.0.7")), peer="127.0.0.1")
    assert [_status(OPEN, request), _status(GUARDED, request)] == [403, 401]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://localhost:8000"}, None),
        ({"origin": "http://localhost:8000", "sec_fetch_site": "same-origin"}, None),
        ({"sec_fetch_site": "none"}, None),
        ({"origin": "http://localhost:8001"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"origin": "http://localhost:8000", "sec_fetch_site": "same-site"}, 403),
    ],
)
def test_a_page_of_another_site_changes_nothing(headers: dict[str, str], status: int | None) -> None:
    assert _status(OPEN, _request(host="localhost:8000", **headers)) == status
    assert _status(OPEN, _request(method="GET", host="localhost:8000", **headers)) is None


def test_the_token_lets_other_machines_in() -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        assert _status(GUARDED, _request("10.0.0.7", host="sandbox.example", authorization=f"{scheme} {TOKEN}")) is None


def test_a_refusal_says_how_to_authenticate_and_never_the_token() -> None:
    refusal = GUARDED.refusal(_request("10.0.0.7", host="sandbox.example"))
    assert refusal is not None
    assert dict(refusal.headers)["www-authenticate"] == 'Bearer realm="control plane"'
    assert TOKEN not in repr(GUARDED)
    assert TOKEN.encode() not in refusal.body


@pytest.mark.parametrize("token", ["", " ", "two words", "ümlaut", "a\r\nb"])
def test_what_cannot_be_sent_as_a_token_is_refused_from_the_start(token: str) -> None:
    with pytest.raises(SpecloomError, match="control token") as caught:
        Access(token)
    assert token.strip() == "" or token not in str(caught.value)


@given(st.text().filter(lambda text: text.strip(" ") != TOKEN))
def test_no_other_text_is_the_token(text: str) -> None:
    request = _request("10.0.0.7", host="sandbox.example", authorization=f"Bearer {text}")
    assert _status(GUARDED, request) == 401
    twice = attrs.evolve(request, headers=(*request.headers, ("authorization", f"Bearer {TOKEN}")))
    assert _status(GUARDED, twice) == 401
