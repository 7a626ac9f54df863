"""What specs and changelogs say is shown as text: no markup of theirs, no code, no request, no link but to the web."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, expect

from specloom.release.catalogue import write_site
from specloom.release.catalogue.markdown import changelog, is_web, prose

from .conftest import INDEX_URL, sources
from .hostile import EVIL, MARKDOWN, write_hostile
from .pages import broken, index, page

TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul", "h3", "h4", "h5", "h6"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
FILES = ("index.html", "hostile/index.html", "hostile/reference.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue of a hostile spec."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder / "specs")
    write_site(sources(folder / "specs"), folder / "site", INDEX_URL)
    return folder / "site"


@pytest.mark.parametrize("name", FILES)
def test_a_page_has_no_markup_but_its_own(hostile: Path, name: str) -> None:
    found = page(hostile / name)
    assert found.xpath("//script[not(@src) and not(@type='application/json')]") == []
    assert {urlsplit(str(each)).scheme for each in found.xpath("//script/@src | //img/@src")} == {""}
    assert found.xpath("//@*[starts-with(name(), 'on')] | //b | //i") == []
    assert {urlsplit(str(each)).scheme for each in found.xpath("//@href")} <= {"", "https"}
    assert "<script>alert(1)" in str(found.xpath("string(//body)"))


def test_links_to_the_web_stay(hostile: Path) -> None:
    assert {"https://good.example/", "HTTPS://good.example/b"} <= set(page(hostile / FILES[1]).xpath("//main//@href"))


def test_every_link_leads_somewhere_all_the_same(hostile: Path) -> None:
    assert broken(hostile) == []
    assert any(row[1].startswith("</script>") for row in index(hostile)["apis"][0][2])


def test_the_spec_in_the_reference_is_the_spec(hostile: Path) -> None:
    text = (hostile / "hostile" / "reference.html").read_text("utf-8")
    assert text.lower().count("</script>") == 5
    assert EVIL not in text


@pytest.mark.parametrize("name", FILES)
def test_nothing_runs_and_nothing_is_sent(browser: Browser, hostile: Path, name: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(5000)
    opened = context.new_page()
    seen: list[str] = []
    opened.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
    opened.on("pageerror", lambda error: seen.append(str(error)))
    opened.on("request", lambda request: seen.append(request.url))
    opened.goto((hostile / name).as_uri())
    opened.get_by_label("Search all APIs").fill("alert(1)")
    expect(opened.locator("#found a").first).to_contain_text("<script>")
    opened.keyboard.press("Escape")
    if "reference" in name:
        opened.locator("#reference .opblock-summary-control").click()
        expect(opened.locator("#reference .opblock-body")).to_contain_text("alert(1)")
    assert {urlsplit(each).scheme for each in seen} <= {"file", "data"}
    targets = opened.evaluate("[...document.links].map((each) => each.protocol)")
    assert set(targets) <= {"file:", "http:", "https:"}
    context.close()


@given(st.text(st.sampled_from("abc <>/[]()!&\"'`*_#=-:;\n\\|") | st.characters(codec="utf-8")) | st.just(MARKDOWN))
def test_any_text_becomes_harmless_markup(text: str) -> None:
    for written in (prose(text), changelog(text)):
        found = html.fragment_fromstring(f"<div>{written}</div>" if "\0" not in written else "<div></div>")
        tags = {each.tag for each in found.iterdescendants()}
        assert tags <= TAGS
        attributes = {name for each in found.iterdescendants() for name in each.attrib}
        assert attributes <= {"href", "title", "class", "style", "start"}
        assert all(is_web(str(each)) for each in found.xpath("//@href"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a", True),
        ("http://example.com", True),
        ("HTTP://EXAMPLE.COM", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("mailto:a@example.com", False),
        ("//example.com", False),
        ("pages.yaml", False),
        ("https:", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_a_link_is_one_to_the_web_alone(url: str, expected: bool) -> None:
    assert is_web(url) is expected
