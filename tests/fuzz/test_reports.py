"""Reports are well formed whatever a server answers, and say what failed, by which rule, and what was left out."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from specloom.fuzz import CampaignResult, Failure, Step, run_campaign
from specloom.fuzz.plain import body, data
from specloom.fuzz.replay import write_replays
from specloom.fuzz.reports import junit, page, plain, show, write_reports
from specloom.fuzz.reports.shown import visible
from specloom.fuzz.settings import CampaignSettings
from specloom.fuzz.wire import Answer, Request
from specloom.sandbox import RunningSandbox
from specloom.spec import SpecloomError

from .faulty import FaultySandbox, Load, on

HOSTILE = "<script>alert(1)</script> \x1b[31m\x00\ufffe\u202e ]]> & \" ' {{ 7 * 7 }} [red]x[/red] [/]"
VOID = {"meta", "br"}


def _result(text: str, data: bytes) -> CampaignResult:
    request = Request("POST", f"/a?{text}", (("x-a", text),), data)
    steps = tuple(Step(request, Answer(500, (("x-b", text),), data), text) for _ in range(2))
    failure = Failure("POST /a", "no_leak", text, f"curl {text}", 500, "/paths/~1a", "/paths/~1a", text, "a:1", steps)
    return CampaignResult("a", "http://127.0.0.1", 1, 2, {}, {}, {"500": 2}, 0.5, (failure,), (text,))


class _Page(HTMLParser):
    """Notes the elements of a page, and checks that each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        assert self.open.pop() == tag


def _suites(results: list[CampaignResult]) -> ET.Element:
    return ET.fromstring(junit(results))  # noqa: S314 - we wrote it


@pytest.fixture(scope="module")
def failed(load_once: Load) -> CampaignResult:
    """The result of a campaign that found faults."""
    api = load_once("fastpod")
    answer = on(422, lambda reply: attrs.evolve(reply, status=409, body=HOSTILE.encode()))
    with RunningSandbox(FaultySandbox(api, answer=answer)) as running:
        return run_campaign(api, CampaignSettings(f"{running.url}/fastpod", parts=("machine",), max_examples=2))


@pytest.fixture(scope="module")
def load_once(load: Load) -> Load:
    """The reader of APIs."""
    return load


@given(st.text() | st.just(HOSTILE), st.binary())
def test_nothing_that_a_server_answers_breaks_a_report(text: str, content: bytes) -> None:
    result = _result(text, content)
    _suites([result])
    tags = {tag for tag, _ in _Page(page([result], {})).tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "red"}
    json.loads(json.dumps(plain(result)))
    written = io.StringIO()
    show(Console(file=written, width=200, highlight=False), [result], {})
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", written.getvalue())


@given(st.binary())
def test_a_body_comes_back_from_json_as_it_was(content: bytes) -> None:
    assert data(json.loads(json.dumps(body(content)))) == content


def test_what_is_long_is_cut_and_says_so() -> None:
    assert visible("x" * 5000, 10) == "xxxxxxxxxx … (4990 characters more)"
    result = _result("a", b"y" * 2_000_000)
    assert len(page([result], {})) < 60_000
    assert len(junit([result])) < 60_000


def test_junit_has_a_case_for_each_check_and_each_rule(failed: CampaignResult) -> None:
    suite = _suites([failed])[0]
    cases = suite.findall("testcase")
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == len(names)
    assert int(suite.get("tests", "")) == len(cases)
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure")) > 0
    assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
    rules = sum(len(each.rules) for each in failed.coverage)
    assert sum(str(name).startswith("rule ") for _, name in names) == rules > 100
    failing = {case.get("name") for case in cases if case.find("failure") is not None}
    assert {f"check {each.check}" for each in failed.failures} <= failing
    # The schema of Jenkins: these children in this order, at most one failure, these attributes.
    assert [child.tag for child in suite] == ["properties", *["testcase"] * len(cases)]
    assert all(len(case) <= 1 and set(case.attrib) == {"classname", "name"} for case in cases)
    assert all(set(each.attrib) == {"message", "type"} for each in suite.iter("failure"))
    assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped", "time"}


def test_the_page_needs_nothing_besides_itself(failed: CampaignResult) -> None:
    tags = _Page(page([failed], {})).tags
    names = {tag for tag, _ in tags}
    assert not names & {"script", "link", "img", "iframe", "object"}
    links = [attributes["href"] for _, attributes in tags if "href" in attributes]
    assert links
    ids = {attributes.get("id") for _, attributes in tags}
    assert all(link is not None and link.startswith("#") and link[1:] in ids for link in links)
    assert not any("src" in attributes or "onclick" in attributes for _, attributes in tags)
    style = page([failed], {}).partition("<style>")[2].partition("</style>")[0]
    assert "prefers-color-scheme: dark" in style
    assert "url(" not in style
    assert "@import" not in style
    assert ("html", {"lang": "en"}) in tags


def test_the_page_shows_failures_and_the_coverage_of_each_rule_and_status(failed: CampaignResult) -> None:
    text = page([failed], {})
    for failure in failed.failures:
        assert failure.check in text
        assert failure.place in text
    rows = text.count("<tr><td>")
    assert rows >= sum(len(each.rules) for each in failed.coverage)
    assert "409" in text
    assert "&lt;script&gt;alert(1)" in text


def test_what_was_left_out_is_in_every_report(tmp_path: Path) -> None:
    result = attrs.evolve(_result("a", b""), left_out=("the state of records",))
    write_reports(tmp_path / "new", [result], {})
    shown = io.StringIO()
    show(Console(file=shown, width=200), [result], {})
    texts = [(tmp_path / "new" / name).read_text() for name in ("campaign.json", "junit.xml", "index.html")]
    assert all("the state of records" in text for text in [*texts, shown.getvalue()])


def test_a_terminal_gets_rule_steps_curl_and_the_command_that_runs_it_again(
    failed: CampaignResult, tmp_path: Path
) -> None:
    replays = write_replays(tmp_path, failed, base_url=None)
    shown = io.StringIO()
    show(Console(file=shown, width=200, highlight=False), [failed], replays)
    text = shown.getvalue()
    failure = failed.failures[0]
    assert f"#{failure.rule} ({failure.place}, page " in text
    assert "curl --globoff" in text
    assert f"specloom fuzz --replay {replays[failure]}" in text
    assert f"{failed.coverage[0].exercised} of {len(failed.coverage[0].rules)}" in text
    assert "\x1b" not in text


def test_the_page_links_to_the_file_of_each_failure(failed: CampaignResult, tmp_path: Path) -> None:
    replays = write_replays(tmp_path / "replays", failed, base_url=None)
    write_reports(tmp_path, [failed], replays)
    links = [a["href"] for _, a in _Page((tmp_path / "index.html").read_text()).tags if "href" in a]
    files = [link for link in links if link is not None and not link.startswith("#")]
    assert len(files) == len(replays) > 0
    assert all((tmp_path / link).is_file() for link in files)


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("kept")
    with pytest.raises(SpecloomError, match="report cannot be written"):
        write_reports(tmp_path / "taken", [_result("a", b"")], {})
    assert (tmp_path / "taken").read_text() == "kept"
