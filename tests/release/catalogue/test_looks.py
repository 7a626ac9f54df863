"""The catalogue can be read by everybody: on a narrow screen, dark and light, with and without eyes."""

from __future__ import annotations

from typing import Final, Literal

import pytest
from playwright.sync_api import Page, expect
from tests.browsing.chromium import CONTRAST, NAMES

from .conftest import Open

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


def _fits(page: Page) -> None:
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def _can_be_read(page: Page) -> None:
    assert page.evaluate(NAMES) == []
    _fits(page)
    grounds = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == []
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


def test_the_index_can_be_read_while_it_is_searched(visit: Open) -> None:
    page = visit()
    page.get_by_label("Search all APIs").fill("order")
    expect(page.locator("#found a").nth(20)).to_be_visible()
    _can_be_read(page)


@pytest.mark.parametrize("name", ["fastpod", "fuuffy", "hypertrack", "ppl"])
def test_the_page_of_an_api_can_be_read(visit: Open, name: str) -> None:
    page = visit(f"{name}/index.html")
    for each in page.locator("details").all():
        each.locator("summary").click()
    _can_be_read(page)


@pytest.mark.parametrize("name", ["fuuffy", "hypertrack"])
def test_the_reference_fits_on_a_narrow_screen(visit: Open, name: str) -> None:
    page = visit(f"{name}/reference.html")
    page.locator("#reference .opblock-summary-control").first.click()
    expect(page.locator("#reference .opblock-body")).to_be_visible()
    _fits(page)
    # The colours of Swagger UI are its own.
    page.evaluate("document.getElementById('reference').remove()")
    page.evaluate("document.querySelector('main').append('Some text. '.repeat(9))")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert [each for each in page.evaluate(CONTRAST) if each != "there is no text"] == []


def test_everything_can_be_reached_by_keyboard_and_shows_that_it_is(visit: Open) -> None:
    page = visit("ppl/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = []
    while True:
        page.keyboard.press("Tab")
        name, text, outline = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e.tagName, e.textContent, s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth)]; })()"
        )
        if name == "BODY":  # the end of the page
            break
        assert outline >= 2, text
        seen.append(text)
    assert {"Install", "API reference", "Copy", "The same in a coroutine", "OrderCancelRequest", "1.1.0"} <= set(seen)
