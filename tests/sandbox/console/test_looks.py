"""The console can be read by everybody: on a narrow screen, dark and light, with and without eyes."""

from __future__ import annotations

from typing import Final, Literal

import pytest
from playwright.sync_api import Page, expect
from tests.browsing.chromium import CONTRAST, NAMES

from .conftest import Open

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


def _fill(page: Page) -> None:
    """Let the console show as much as it can."""
    expect(page.locator("#connection")).to_have_text("live")
    page.get_by_text("Ask for a certain answer or a fault").click()
    for _ in range(2):
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#answer pre")).to_be_visible()
    page.locator("#answer summary").click()
    page.get_by_text("Add records").click()
    page.locator("#records tbody button", has_text="Show").first.click()
    expect(page.locator("#journal li").nth(1)).to_be_visible()
    page.locator("#journal li summary").first.click()
    for headers in page.locator("#journal .message summary").all():
        headers.click()


@pytest.mark.parametrize("name", ["fuuffy", "hypertrack"])
def test_it_can_be_read(visit: Open, name: str) -> None:
    page = visit(f"/#/{name}")
    _fill(page)
    assert page.evaluate(NAMES) == []
    grounds = set()
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == []
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


def test_the_reference_can_be_read_on_a_narrow_screen(visit: Open) -> None:
    page = visit("/_sandbox/fuuffy/reference", width=360)
    page.locator("#reference .opblock-summary-control").first.click()
    expect(page.locator("#reference .opblock-body")).to_be_visible()
    for each in page.locator("#questions summary").all()[1:]:
        each.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    # The colours of Swagger UI are its own.
    page.evaluate("document.getElementById('reference').remove()")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(CONTRAST) == []


def test_what_cannot_be_read_is_noticed(visit: Open) -> None:
    page = visit("/#/fastpod")
    expect(page.locator("#connection")).to_have_text("live")
    page.evaluate(
        """
        document.querySelector("#request-title").style.color = "#bbb";
        document.querySelector("#parameter-0").style.borderColor = "#eee";
        document.querySelector("#credential").id = "renamed";
        document.querySelector("#records h2").outerHTML = "<h4>Records</h4>";
        """
    )
    assert {each.split(": ")[-1] for each in page.evaluate(CONTRAST)} == {"Request", "the edge of parameter-0"}
    assert [each for each in page.evaluate(NAMES) if "label" in each or "heading" in each]
