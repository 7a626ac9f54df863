"""The verbs lock, check and drift, with pages from a local server."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from specloom.cli import main

HERE = Path(__file__).parent
PAGE = (HERE / "hold.txt").read_text("utf-8")
LABEL = "POST /parcels/{number}/hold"


class Site:
    """A server whose pages tests write: a text by path; a number is a status."""

    def __init__(self, url: str, pages: dict[str, str | int]) -> None:
        self.url = url
        self.pages = pages


@pytest.fixture
def site() -> Iterator[Site]:
    """A running server."""
    pages: dict[str, str | int] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path, 404)
            body = page.encode() if isinstance(page, str) else b"nothing"
            self.send_response(page if isinstance(page, int) else 200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}", pages)
        server.shutdown()


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of specs with one API, whose page is listed and not yet locked."""
    folder = tmp_path / "specs" / "parcel"
    folder.mkdir(parents=True)
    text = (HERE.parent / "spec" / "parcel.yaml").read_text("utf-8")
    (folder / "openapi.yaml").write_text(text.replace("https://parcels.example", "https://api.parcels.io"), "utf-8")
    (folder / "pages.yaml").write_text(f"pages:\n  - title: Hold a parcel\n    operation: {LABEL}\n", "utf-8")
    monkeypatch.setenv("SPECLOOM_SPECS", str(tmp_path / "specs"))
    return folder


def run(*arguments: str, given: str | None = None) -> Result:
    """Run `specloom pages …`."""
    result = CliRunner().invoke(main, ["pages", *arguments], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_a_page_that_was_locked_by_its_address_is_watched_there(site: Site, specs: Path) -> None:
    site.pages["/hold"] = PAGE

    locked = run("lock", "parcel", f"{site.url}/hold", "--captured", "2030-01-31")
    same = run("drift")
    site.pages["/hold"] = PAGE.replace("Send your bearer token along.", "Send a token.")
    reworded = run("drift")
    site.pages["/hold"] = PAGE.replace("🟠409Conflict", "🟠409Conflict\n🟠410Gone")
    changed = run("drift", "parcel")

    assert locked.exit_code == same.exit_code == reworded.exit_code == 0
    assert f"url: {json.dumps(site.url)[1:-1]}" in (specs / "pages.yaml").read_text("utf-8").replace('"', "")
    assert "no change in facts since 2030-01-31: the words are the same" in same.output
    assert "no change in facts since 2030-01-31; words or layout changed" in reworded.output
    assert changed.exit_code == 1
    assert "1 change since 2030-01-31" in changed.output
    assert "status 410: added" in changed.output
    assert "does not break clients" in changed.output
    line = (specs / "openapi.yaml").read_text("utf-8").splitlines().index("      responses:") + 1
    assert f"openapi.yaml:{line} #/paths/~1parcels~1{{number}}~1hold/post/responses" in changed.output


def test_pages_that_cannot_be_had_are_reported_and_break_nothing(site: Site, specs: Path) -> None:
    site.pages["/hold"] = PAGE
    run("lock", "parcel", f"{site.url}/hold")

    for page, words in ((503, "503 Service Unavailable"), (404, "404 Not Found"), ("Sign in to go on", "login page")):
        site.pages["/hold"] = page
        result = run("drift")
        assert result.exit_code == 0
        assert "not read: " in result.output
        assert words in result.output
    text = (specs / "pages.yaml").read_text("utf-8").replace(site.url, "http://127.0.0.1:1")
    (specs / "pages.yaml").write_text(text, "utf-8")
    assert run("drift").exit_code == 0


def test_a_page_without_an_address_is_reported(specs: Path) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))

    result = run("drift")

    assert result.exit_code == 0
    assert "not read: pages.yaml gives it no url" in result.output
    assert "\n    url:" not in (specs / "pages.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("", "it is empty"),
        ("  \n\n", "it is empty"),
        ("Please log in to read our documentation.\nUser\nPassword\n", "it is a login page"),
        ("We value your privacy.\nWe use cookies.\nAccept all\n", "it asks for consent"),
        ("Checking your browser before you go on.\n", "it asks whether you are a human"),
        ("404\nThis page does not exist.\n", "it is an error page"),
        ("You need to enable JavaScript to run this app.\n", "it is drawn by scripts"),
        ("A recipe\nStir the dough for two hours.\n", "it states nothing about an API"),
        (PAGE[: PAGE.index("Body Params")], "it seems to be cut off"),
        (
            "Cancel Order\nPOST\n/orders/{id}/cancel\nRequest\nPath Params\nid\nstring\nrequired\nResponses\n🟢200OK\n",
            "it is another page: it documents POST /orders/{id}/cancel",
        ),
    ],
)
def test_a_capture_of_something_else_is_refused_and_not_compared(specs: Path, page: str, why: str) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))
    before = (specs / "pages.yaml").read_text("utf-8")

    result = run("drift", "parcel", "-", given=page)

    assert result.exit_code == 2
    assert why in " ".join(result.output.split())
    assert "removed" not in result.output
    if "cut off" not in why:
        assert run("lock", "parcel", "-", given=page).exit_code == 2
        assert (specs / "pages.yaml").read_text("utf-8") == before


def test_an_address_that_is_none_is_not_read(specs: Path) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))
    text = (specs / "pages.yaml").read_text("utf-8")
    (specs / "pages.yaml").write_text(
        text.replace("    captured:", f"    url: {HERE / 'hold.txt'}\n    captured:"), "utf-8"
    )

    result = run("drift")

    assert result.exit_code == 0
    assert "is no address in the web" in result.output


def test_pages_come_after_the_name_of_one_api(specs: Path) -> None:
    shutil.copytree(specs, specs.with_name("second"))
    page = str(HERE / "hold.txt")

    assert run("check", page).exit_code == 2
    assert "there is no API" in run("drift", page).output
    assert run("check", "parcel", "second", page).exit_code == 2
    assert "not read: " in run("drift", "parcel", "second").output


@pytest.mark.usefixtures("specs")
def test_a_page_whose_path_changed_is_still_the_page() -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))

    result = run("drift", "parcel", "-", given=PAGE.replace("/hold", "/keep"))

    assert result.exit_code == 1
    assert "operation POST /parcels/{number}/keep: was POST /parcels/{number}/hold before" in result.output


@pytest.mark.usefixtures("specs")
def test_nothing_can_be_compared_before_it_is_locked() -> None:
    for arguments in (("drift", "parcel", str(HERE / "hold.txt")), ("check", "parcel")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "specloom pages lock parcel FILE" in result.output


def test_an_operation_that_is_not_listed_cannot_be_locked(specs: Path) -> None:
    (specs / "pages.yaml").write_text("pages: []\n", "utf-8")

    result = run("lock", "parcel", str(HERE / "hold.txt"))

    assert result.exit_code == 2
    assert f"no page of {LABEL} is listed" in result.output


def test_a_check_says_what_the_spec_lacks_and_what_no_page_says(specs: Path) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))

    locked = run("check", "parcel")
    given = run("check", "parcel", "-", given=PAGE.replace("🟠409Conflict", "🟠410Gone"))

    assert locked.exit_code == given.exit_code == 1
    assert "0 not in the spec, 0 contradict it" in locked.output
    assert "on no page: parameter path number pattern '^P[0-9]+$'" in locked.output
    assert "not in the spec: status 410 exists True: the spec has no such response" in given.output
    assert f"{specs / 'openapi.yaml'}:" in given.output


def test_a_check_is_clean_when_another_source_says_the_rest(specs: Path) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))
    others = ["/paths/~1parcels~1{number}~1hold/post", "/components"]
    with (specs / "pages.yaml").open("a", encoding="utf-8") as file:
        file.write("elsewhere:\n" + "".join(f"  - {{at: '{at}', source: a letter}}\n" for at in others))

    result = run("check")

    assert result.exit_code == 0, result.output
    assert "0 on no page" in result.output


@pytest.mark.parametrize("verb", ["check", "drift"])
def test_reports_are_json_too(specs: Path, verb: str) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))

    result = run(verb, "parcel", "-", "--json", given=PAGE.replace("🟠409Conflict", "🟠410Gone"))

    report = json.loads(result.output)[0]
    assert report["api"] == "parcel"
    told = report["changes"] if verb == "drift" else report["pages"][0]["differences"]
    assert "status 410" in {each["subject"] for each in told}
    assert specs.name in str(told[0])


def test_specs_that_were_adopted_have_no_pages_unless_asked_for(specs: Path) -> None:
    run("lock", "parcel", str(HERE / "hold.txt"))
    shutil.copytree(specs, specs.with_name("adopted"), ignore=shutil.ignore_patterns("pages.yaml"))
    with (specs.with_name("adopted") / "openapi.yaml").open("a", encoding="utf-8") as spec:
        spec.write("x-foreign: true\n")

    listed = [each["api"] for each in json.loads(run("check", "--json").output)]
    assert listed == ["parcel"]
    assert run("check", "adopted").exit_code == 2
    assert run("drift").exit_code == 0
