"""Pages come from the sandbox alone, shadow no operation, and keep to themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.console import pages
from specloom.spec import Api
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FILES = sorted((Path(pages.__file__).parent / "static").iterdir())


def _root(method: str) -> Api:
    text = f"""
openapi: 3.1.0
info: {{title: Root, version: 1.0.0}}
paths:
  /:
    {method}:
      operationId: root
      responses: {{'200': {{description: OK, content: {{text/plain: {{example: mine}}}}}}}}
"""
    return read_api(parse(text, Path("root.yaml")), "root")


@pytest.fixture(scope="module", params=["get", "post"])
def rooted(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """A sandbox of an API with an operation at `/`, and its method."""
    with RunningSandbox(Sandbox([_root(request.param)])) as sandbox:
        yield sandbox.url, request.param


def test_an_operation_at_the_root_wins(rooted: tuple[str, str]) -> None:
    url, method = rooted
    assert httpx.request(method, url, headers=HTML).text == "mine"
    page = httpx.get(url, headers=HTML)
    assert ("<title>Sandbox console" in page.text) == (method == "post")
    assert "<title>Sandbox console" in httpx.get(f"{url}/_sandbox/console").text


def test_what_is_no_browser_gets_json_at_the_root(sandbox_url: str, apis: list[Api]) -> None:
    assert httpx.get(sandbox_url).json()["apis"].keys() == {api.name for api in apis}
    assert "<title>" not in httpx.post(sandbox_url, headers=HTML).text


@pytest.mark.parametrize("path", ["/", "/_sandbox/console", "/_sandbox/ppl/reference"])
def test_a_page_lets_nothing_in_from_elsewhere(sandbox_url: str, path: str) -> None:
    answer = httpx.get(sandbox_url + path, headers=HTML)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script>|<style|\son\w+=|style=|https?://", answer.text)
    assert httpx.head(sandbox_url + path, headers=HTML).headers["content-length"] == str(len(answer.content))


def test_pages_hold_no_credential(sandbox_url: str) -> None:
    for path in ("/", "/_sandbox/ppl/reference", *(f"/_sandbox/_static/{file.name}" for file in FILES)):
        assert "sandbox-north" not in httpx.get(sandbox_url + path, headers=HTML).text


def test_every_file_is_served_and_used(sandbox_url: str) -> None:
    text = "".join(file.read_text("utf-8") for file in FILES)
    for file in FILES:
        if file.suffix == ".html":
            continue
        answer = httpx.get(f"{sandbox_url}/_sandbox/_static/{file.name}")
        assert answer.content == file.read_bytes()
        assert answer.headers["content-type"].split("/")[0] in {"text", "image"}
        assert f"/{file.name}" in text


def test_a_file_that_has_not_changed_is_not_sent_again(sandbox_url: str) -> None:
    url = f"{sandbox_url}/_sandbox/_static/swagger-ui-bundle.js"
    first = httpx.get(url)
    assert len(first.content) > 1_000_000
    again = httpx.get(url, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["index.html", "../pages.py", "..%2fpages.py", "none.js", "", "swagger-ui/"])
def test_no_other_file_is_served(sandbox_url: str, name: str) -> None:
    assert httpx.get(f"{sandbox_url}/_sandbox/_static/{name}").status_code == 404
    assert httpx.post(f"{sandbox_url}/_sandbox/_static/console.js").status_code == 405


def test_the_viewer_is_used_without_what_comes_with_it(sandbox_url: str) -> None:
    import sys  # noqa: PLC0415 - what is asked about is what was imported by now

    httpx.get(f"{sandbox_url}/_sandbox/_static/swagger-ui.css").raise_for_status()
    assert "flask" not in sys.modules


def test_the_spec_is_served_with_the_sandbox_as_its_server(sandbox_url: str, apis: list[Api]) -> None:
    for api in apis:
        document = httpx.get(f"{sandbox_url}/_sandbox/{api.name}/openapi.json").json()
        assert document["servers"][0]["url"] == f"/{api.name}"
        assert {**document, "servers": None} == {**api.document.data, "servers": None}
