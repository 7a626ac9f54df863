"""The host of a URL is known for sure, and so is whether it is on the allow list or this machine."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.fuzz.hosts import Host, host_of, is_allowed, is_this_machine
from specloom.fuzz.live_server.campaign import read_hosts
from specloom.spec import SpecloomError


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://API.Example.com/v1", "api.example.com"),
        ("https://api.example.com:8443", "api.example.com:8443"),
        ("http://[::1]:80/", "[::1]"),
        ("http://api.example.com:443", "api.example.com:443"),
    ],
)
def test_a_host_is_said_with_its_port_where_that_is_not_the_usual_one(url: str, host: str) -> None:
    assert str(host_of(url)) == host
    assert is_allowed(host_of(url), [host.upper()])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.com",
        "ftp://a",
        "https://",
        "https://a:b",
        "https://a b",
        "https://a\\@b",
        "https://u@a/",
        "http://ä",
    ],
)
def test_a_url_that_hides_its_host_is_refused(url: str) -> None:
    with pytest.raises(SpecloomError):
        host_of(url)


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("example.com", False),
        ("127.0.0.1.example.com", False),
    ],
)
def test_what_this_machine_is(name: str, local: bool) -> None:
    assert is_this_machine(name) is local


def test_an_allow_list_may_have_remarks(tmp_path: Any) -> None:
    path = tmp_path / "hosts"
    path.write_text("# ours\napi.example.com\n\nb.example.com:8443  # staging\n", "utf-8")
    assert read_hosts(path) == ("api.example.com", "b.example.com:8443")
    assert is_allowed(Host("https", "b.example.com", 8443), read_hosts(path))
    with pytest.raises(SpecloomError, match="cannot be read"):
        read_hosts(tmp_path / "nowhere")
