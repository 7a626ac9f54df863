"""Pages are fetched from a server, a file or standard input, within limits."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from specloom.pages.fetching import MAX_REDIRECTS, UnreachableError, fetch
from specloom.spec import SpecloomError

PAGE = "<html><body><p>Žádost</p></body></html>"


class _Pages(BaseHTTPRequestHandler):
    """Answers as the path says."""

    released = threading.Event()

    def do_GET(self) -> None:
        kind, _, rest = self.path.lstrip("/").partition("/")
        if kind == "redirect" and rest != "0":
            self._answer(302, {"Location": f"/redirect/{int(rest) - 1}"})
        elif kind == "elsewhere":
            self._answer(302, {"Location": "file:///etc/hostname"})
        elif kind == "status":
            self._answer(int(rest), {})
        elif kind == "image":
            self._answer(200, {"Content-Type": "image/png"}, b"\x89PNG")
        elif kind == "big":
            self._answer(200, {"Content-Type": "text/plain"}, b"x" * int(rest))
        elif kind == "never":
            self.released.wait()
        elif kind == "drip":
            self.send_response(200)
            self.end_headers()
            try:
                while not self.released.wait(0.02):
                    self.wfile.write(b"x")
            except OSError:
                pass  # the client has gone, as it should
        else:
            self._answer(200, {"Content-Type": "text/html; charset=iso-8859-2"}, PAGE.encode("iso-8859-2"))

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The URL of a server of odd pages."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        _Pages.released.set()
        server.shutdown()


def test_a_page_comes_with_the_charset_of_its_header(site: str) -> None:
    fetched = fetch(f"{site}/page")

    assert fetched.content == PAGE.encode("iso-8859-2")
    assert fetched.charset == "iso-8859-2"
    assert fetched.source == f"{site}/page"


def test_redirects_are_followed_up_to_a_limit(site: str) -> None:
    assert fetch(f"{site}/redirect/{MAX_REDIRECTS}").source == f"{site}/redirect/0"
    with pytest.raises(UnreachableError, match="redirects"):
        fetch(f"{site}/redirect/{MAX_REDIRECTS + 1}")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("status/404", "404 Not Found"),
        ("status/503", "503 Service Unavailable"),
        ("elsewhere", "not the web"),
        ("never", "no page within 0.3 s"),
        ("drip", "no page within 0.3 s"),
    ],
)
def test_a_page_that_cannot_be_had_is_unreachable(site: str, path: str, message: str) -> None:
    with pytest.raises(UnreachableError, match=message) as raised:
        fetch(f"{site}/{path}", timeout=0.3)
    assert raised.value.remedy


def test_nobody_listening_is_unreachable() -> None:
    with pytest.raises(UnreachableError, match=r"http://127\.0\.0\.1:1/"):
        fetch("http://127.0.0.1:1/")


def test_a_page_has_a_longest_size(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(b"x" * 101)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x" * 101)))

    assert len(fetch(f"{site}/big/100", max_bytes=100).content) == 100
    for source in (f"{site}/big/101", str(file), "-"):
        with pytest.raises(SpecloomError, match="more than 100 bytes"):
            fetch(source, max_bytes=100)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("ftp://127.0.0.1/page", "not fetched by ftp"),
        ("file:///etc/hostname", "not fetched by file"),
        ("http://me:secret@127.0.0.1/", "password"),
        ("http://[/", "http://"),
        ("no/such/file.txt", "No such file"),
        (".", "cannot be read"),
    ],
)
def test_a_source_that_cannot_be_read_is_an_error(source: str, message: str) -> None:
    with pytest.raises(SpecloomError, match=message) as raised:
        fetch(source)
    assert "secret" not in str(raised.value)


def test_what_is_no_text_is_an_error(site: str) -> None:
    with pytest.raises(SpecloomError, match="image/png is no text"):
        fetch(f"{site}/image")


def test_a_page_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"GET /a")))

    assert fetch("-").content == b"GET /a"
