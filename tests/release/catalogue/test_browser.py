"""What people do with the catalogue, in a real browser that opens it from files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open

PAGE = "https://ppl-cpl-api-en.apidog.io/order-cancel-13601483e0"


def _search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(page.locator("#results")).to_be_visible()


def test_an_operation_is_found_and_opened_by_keyboard(visit: Open) -> None:
    page = visit()
    _search(page, "reject pickpack")
    expect(page.locator("#found a").first).to_contain_text("Reject pickpack orders")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fuuffy/index.html#operation-rejectPickpack")
    expect(page.locator(":target h3")).to_have_text("Reject pickpack orders")
    expect(page.locator(":target .target")).to_have_text("POST /v1/pickpack/reject")


def test_arrow_keys_walk_through_the_results_and_back(visit: Open) -> None:
    page = visit()
    _search(page, "bar_code")
    links = page.locator("#found a")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Search all APIs")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fuuffy/index.html#schema-DeclaredItem-bar_code_eid")
    expect(page.locator(":target")).to_contain_text("Identifier of the item's bar code.")


def test_escape_closes_the_results(visit: Open) -> None:
    page = visit()
    _search(page, "order")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#results")).to_be_hidden()
    expect(page.get_by_label("Search all APIs")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Search all APIs")).to_have_value("order")
    expect(page.locator("#results")).to_be_visible()
    page.mouse.click(1270, 890)
    expect(page.locator("#results")).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "kind", "name", "where"),
    [
        ("404", "status", "404 Not Found", "cancelPickup-404"),
        ("API_ERROR", "error", "API_ERROR", "cancelPickup-500"),
        ("sku=ABC-001", "error", "Provided declaration_list", "rejectPickpack-400"),
        ("pickpackrejection", "schema", "PickpackRejection", "schema-PickpackRejection"),
        ("declaration list", "member", "declaration_list", "declaration_list"),
        ("reason in words", "member", "reject_reason", "reject_reason"),
        ("PICKPACK_CONFIRMED", "schema", "PickpackStatus", "schema-PickpackStatus"),
        ("customerreference", "parameter", "customerReference", "operation-cancelOrder-~query-customerReference"),
        ("one bad order refuses", "question", "transition", "question-"),
        ("fulfilment", "API", "Fuuffy", "main"),
    ],
)
def test_everything_can_be_found(visit: Open, asked: str, kind: str, name: str, where: str) -> None:
    page = visit()
    _search(page, asked)
    found = page.locator("#found li").filter(has=page.locator(".kind", has_text=kind)).first
    expect(found).to_contain_text(name)
    link = found.locator("a")
    assert where in str(link.get_attribute("href"))
    link.click()
    expect(page.locator(":target")).to_be_visible()


def test_what_is_nowhere_is_not_found(visit: Open) -> None:
    page = visit("ppl/index.html")
    _search(page, "zebra crossing")
    expect(page.locator("#more")).to_have_text("Nothing found.")
    expect(page.get_by_role("status")).to_have_text("0 found")


def test_a_result_on_the_same_page_is_gone_to(visit: Open) -> None:
    page = visit("ppl/index.html")
    _search(page, "correlation")
    page.locator("#found a", has_text="X-Correlation-ID").first.click()
    expect(page.locator("#results")).to_be_hidden()
    expect(page.locator(":target")).to_contain_text("X-Correlation-ID")


def test_the_install_line_can_be_copied(visit: Open) -> None:
    page = visit("ppl/index.html")
    line = "pip install --extra-index-url http://127.0.0.1:8000/simple/ 'ppl-client~=1.1'"
    expect(page.locator("#install pre")).to_have_text(line)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: Install line").click()
    expect(page.locator("#install button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == line


def test_an_api_page_shows_what_the_spec_and_its_neighbours_say(visit: Open) -> None:
    page = visit("ppl/index.html")
    expect(page.locator("#title")).to_have_text(re.compile(r"^PPL \d+\.\d+\.\d+$"))
    expect(page.locator(".chips").first).to_contain_text("released: 1.1.0")
    operation = page.locator("#operation-cancelOrder")
    expect(operation).to_contain_text("bearer token")
    expect(operation.get_by_role("region", name="Python: orders.cancel")).to_contain_text("api.orders.cancel(")
    operation.get_by_text("The same in a coroutine").click()
    expect(operation.get_by_role("region", name="Python in a coroutine")).to_contain_text("await api.orders.cancel(")
    expect(page.locator("#trust")).to_contain_text("Not proven yet: make prove API=ppl")
    expect(page.locator("#trust")).to_contain_text("Not fuzzed yet: make fuzz API=ppl")
    expect(page.locator("#changelog h3").first).to_have_text("1.1.0 - 2026-12-01")
    expect(page.locator("#changelog a")).to_have_attribute("href", "https://example.com/ppl/1.1.0")
    expect(page.locator("#questions .member").first).to_contain_text("The page asks for either customerReference")
    expect(page.get_by_role("link", name="Order cancel").first).to_have_attribute("href", PAGE)


def test_the_reference_works_offline(visit: Open) -> None:
    page = visit("fuuffy/index.html")
    page.locator("#operation-rejectPickpack").get_by_role("link", name="In the reference").click()
    page.wait_for_url("**/fuuffy/reference.html**")
    expect(page.locator("#reference .opblock")).to_have_count(2)
    opened = page.locator("#reference .opblock.is-open")
    expect(opened.locator(".opblock-summary-path")).to_contain_text("/v1/pickpack/reject")
    body = opened.locator(".opblock-section-request-body")
    body.get_by_role("tab", name="Schema").click()
    expect(body).to_contain_text("The orders to reject, 1 to 100 of them.")
    expect(opened).to_contain_text("All orders of the request are rejected.")
    expect(page.locator("#reference .errors-wrapper")).to_have_count(0)
    expect(page.get_by_role("button", name="Try it out")).to_have_count(0)


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The URL of the catalogue behind an HTTP server."""
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_it_works_behind_a_server_too(visit: Open, served: str) -> None:
    page = visit("index.html", origin=served)
    _search(page, "cancel the pickup")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fuuffy/index.html#operation-cancelPickup")
    page.get_by_role("link", name="API reference").first.click()
    page.locator("#reference .opblock-summary-control").first.click()
    expect(page.locator("#reference .opblock-body")).to_be_visible()
    expect(page.locator("#reference .errors-wrapper")).to_have_count(0)
