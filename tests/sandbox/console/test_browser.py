"""What people do at the console, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from specloom.sandbox import RunningSandbox, Sandbox, listen
from specloom.spec import Api

from .conftest import Open

ORDER = "F237-120723-000003"
NORTH = {"authorization": "Bearer sandbox-north-token"}


def _send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def test_an_order_is_cancelled_by_form_and_a_second_cancel_is_refused(visit: Open) -> None:
    page = visit("/#/fastpod")
    state = page.locator(f"[data-record='order {ORDER}'] .state")
    expect(state).to_have_text("new_order")
    page.get_by_role("button", name=f"Use {ORDER}").click()
    expect(page.get_by_label("id path, required")).to_have_value(ORDER)

    _send(page)
    expect(page.locator("#answer .status")).to_have_text("200 OK")
    expect(state).to_have_text("cancelled")
    newest = page.locator("#journal li").first
    expect(newest).to_contain_text(f"POST /fastpod/v1/orders/{ORDER}/cancel")
    expect(newest).to_contain_text(f"changed order {ORDER}")

    _send(page)
    expect(page.locator("#answer .status")).to_have_text("422 Unprocessable Entity")
    expect(page.locator("#answer pre")).to_contain_text("An order that is cancelled cannot be cancelled.")
    expect(newest.locator(".status")).to_have_text("422")

    page.get_by_role("button", name="Reset records").click()
    expect(state).to_have_text("new_order")
    _send(page)
    expect(page.locator("#answer .status")).to_have_text("200 OK")


def test_what_others_do_shows_at_once_and_without_their_credentials(visit: Open, url: str) -> None:
    page = visit("/#/fastpod")
    expect(page.locator("#connection")).to_have_text("live")
    httpx.post(f"{url}/fastpod/v1/orders/{ORDER}/cancel", headers={"authorization": "Bearer my-own-secret"})
    httpx.post(f"{url}/fastpod/v1/orders/{ORDER}/cancel", headers=NORTH)
    newest = page.locator("#journal li").first
    expect(newest.locator(".status")).to_have_text("200")
    expect(page.locator(f"[data-record='order {ORDER}'] .state")).to_have_text("cancelled")
    expect(page.locator("#journal [aria-live]")).to_contain_text("answered with 200")
    for entry in page.locator("#journal li summary").all()[:2]:
        entry.click()
    expect(newest.locator(".message")).to_have_count(2)
    expect(newest).to_contain_text('"order_status": "cancelled"')
    assert "my-own-secret" not in page.content()
    assert "sandbox-north-token" not in page.locator("#journal").inner_text()


def test_everything_can_be_done_by_keyboard(visit: Open) -> None:
    page = visit("/#/fastpod")
    expect(page.locator("#records tbody tr").first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = _tab_to(page, "record-search")
    page.keyboard.type("000003")
    expect(page.locator("[data-record]")).to_have_count(1)
    page.locator("#parameter-0").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(ORDER)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer .status")).to_have_text("200 OK")
    expect(page.locator("#journal li").first).to_contain_text(ORDER)
    # The filters of the journal come last, its entries after them.
    seen += _tab_to(page, "journal-tenant")
    assert {"Send", "Reset records", "Pause", "Clear", "Add records"} <= set(seen)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#journal .message").first).to_be_visible()


def _tab_to(page: Page, wanted: str) -> list[str]:
    """Press Tab until the element with the id `wanted` has the focus; what has it meanwhile must show it."""
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name, text, outline = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e.id, e.textContent.trim(), s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth)]; })()"
        )
        assert outline >= 2, text
        seen.append(text)
        if name == wanted:
            return seen
    pytest.fail(f"Tab never leads to {wanted}")


def test_a_batch_is_rejected_from_the_example_of_the_spec(visit: Open) -> None:
    page = visit("/#/fuuffy/rejectPickpack")
    expect(page.get_by_label("Kind")).to_have_value("pickpack")
    page.get_by_role("button", name="Use 3550650").click()
    body = page.get_by_label("Content required")
    assert json.loads(body.input_value())["orders"][0]["order_id"] == "3550650"
    _send(page)
    expect(page.locator("#answer .status")).to_have_text("200 OK")
    expect(page.locator("[data-record='pickpack 3550650'] .state")).to_have_text("PICKPACK_REJECTED")
    expect(page.locator("[data-record='pickpack 3550647'] .state")).to_have_text("PICKPACK_REJECTED")
    body.fill("{")
    expect(page.locator("#body-hint")).to_contain_text("no JSON")
    _send(page)
    expect(page.locator("#answer .status")).to_have_text("400 Bad Request")


def test_it_is_chosen_who_sends_and_what_is_preferred(visit: Open) -> None:
    page = visit("/#/fuuffy")
    sender = page.get_by_label("Send as")
    for label, status in (
        ("south, bearer token", "404 Not Found"),
        ("north, bearer token, not allowed to do this", "403 Forbidden"),
        ("nobody", "401 Unauthorized"),
    ):
        sender.select_option(label=label)
        _send(page)
        expect(page.locator("#answer .status")).to_have_text(status)
    sender.select_option("0")
    page.get_by_text("Ask for a certain answer or a fault").click()
    page.locator("#prefer-code").select_option("500")
    _send(page)
    expect(page.locator("#answer .status")).to_have_text("500 Internal Server Error")
    page.locator("#prefer-code").select_option("")
    page.get_by_label("Fault").select_option("drop")
    _send(page)
    expect(page.locator("#answer .status")).to_have_text("no answer")


def test_a_credential_of_ones_own_shows_nowhere(visit: Open) -> None:
    page = visit("/#/fastpod")
    page.get_by_label("Send as").select_option("other")
    page.get_by_label("Authorization", exact=True).fill("Bearer of-my-own")
    line = page.get_by_role("region", name="curl")
    expect(line).to_contain_text('-H "Authorization: $AUTHORIZATION"')
    _send(page)
    expect(page.locator("#answer .status")).to_have_text("401 Unauthorized")
    assert "of-my-own" not in page.locator("body").inner_text()


RUN_ALL = """
import json, sys, urllib.request
for reset, code in json.load(sys.stdin):
    urllib.request.urlopen(urllib.request.Request(reset, method="POST"))
    exec(compile(code, "the console", "exec"), {})
"""


def test_the_curl_line_and_the_code_of_every_operation_do_what_the_form_does(
    visit: Open, url: str, apis: list[Api], root: Path
) -> None:
    page = visit()
    codes = []
    for api, operation in [(each, operation) for each in apis for operation in each.operations]:
        page.goto(f"{url}/#/{api.name}/{operation.id}")
        line = page.get_by_role("region", name="curl")
        expect(line).to_contain_text(operation.path.partition("{")[0])
        code = page.get_by_role("region", name="Python")
        expect(code).to_contain_text(f"from {api.name}_client import")
        expect(code).to_contain_text(f"api.{operation.tag}.")
        codes.append((f"{url}/_sandbox/{api.name}/reset", code.inner_text()))
        sent = ["bash", "-c", f"{line.inner_text()} --silent --output /dev/null --write-out '%{{http_code}}'"]
        assert subprocess.run(sent, capture_output=True, text=True, check=True).stdout == "200"
    packages = os.pathsep.join(str(root / "generated" / api.name) for api in apis)
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL],
        env={"PYTHONPATH": packages},
        input=json.dumps(codes),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    statuses = [
        entry["status"] for entry in httpx.get(f"{url}/_sandbox/journal?newest=true&limit=10").json()["entries"]
    ]
    assert statuses == [200] * 10


def test_records_are_filtered_and_added(visit: Open) -> None:
    page = visit("/#/ppl")
    rows = page.locator("#records tbody tr[data-record]")
    page.get_by_label("State", exact=True).select_option("collected")
    expect(rows).to_have_count(5)
    page.get_by_label("Search").fill("ORD-000302")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Show CUST-000302").click()
    expect(page.get_by_role("region", name="Record CUST-000302")).to_contain_text('"state": "collected"')

    page.get_by_text("Add records").click()
    editor = page.get_by_label("One order, or an array")
    record = {**json.loads(editor.input_value()), "customerReference": "<img src=x onerror=alert(1)>"}
    editor.fill(json.dumps({**record, "state": "lost"}))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#records li")).to_contain_text("/state")
    editor.fill(json.dumps({**record, "orderReference": "new-one", "state": "collected"}))
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Search").fill("new-one")
    expect(rows).to_have_count(1)
    expect(rows.locator(".key")).to_have_text("<img src=x onerror=alert(1)>")


def test_a_sandbox_that_wants_its_token_gets_it(visit: Open, load: Callable[[str], Api]) -> None:
    with RunningSandbox(Sandbox([load("fastpod")], control_token="open-sesame")) as sandbox:  # noqa: S106 - of this test
        page = visit("/", origin=sandbox.url, x_forwarded_for="203.0.113.9")
        field = page.get_by_label("This sandbox wants its control token:")
        field.fill("wrong")
        field.press("Enter")
        expect(field).to_have_value("")
        expect(page.locator("#records tbody tr")).to_have_count(0)
        field.fill("open-sesame")
        field.press("Enter")
        expect(page.locator("#connection")).to_have_text("live")
        expect(page.locator("#records tbody tr").first).to_be_visible()
        page.get_by_role("link", name="Reference").click()
        expect(page.locator("#reference .opblock")).to_have_count(1)


def test_it_says_why_it_shows_nothing_to_another_machine(visit: Open) -> None:
    page = visit("/", x_forwarded_for="203.0.113.9")
    expect(page.get_by_role("alert")).to_contain_text("--control-token")


def test_it_finds_a_sandbox_again_that_was_started_anew(visit: Open, load: Callable[[str], Api]) -> None:
    port = _free_port()
    with RunningSandbox(Sandbox([load("fastpod")]), port=port) as sandbox:
        page = visit("/", origin=sandbox.url)
        expect(page.locator("#connection")).to_have_text("live")
        httpx.post(f"{sandbox.url}/v1/orders/{ORDER}/cancel", headers=NORTH)
        expect(page.locator(f"[data-record='order {ORDER}'] .state")).to_have_text("cancelled")
    expect(page.locator("#connection")).to_have_text("connecting again …")
    with RunningSandbox(Sandbox([load("fastpod")]), port=port) as sandbox:
        expect(page.locator("#connection")).to_have_text("live")
        expect(page.locator(f"[data-record='order {ORDER}'] .state")).to_have_text("new_order")
        httpx.post(f"{sandbox.url}/v1/orders/{ORDER}/cancel", headers=NORTH)
        expect(page.locator(f"[data-record='order {ORDER}'] .state")).to_have_text("cancelled")


def _free_port() -> int:
    with listen("127.0.0.1", 0) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_the_reference_shows_conflicts_and_works_offline(visit: Open) -> None:
    page = visit("/_sandbox/fastpod/reference")
    expect(page.locator("#questions dt").first).to_be_visible()
    expect(page.locator("#questions")).to_contain_text("The table requires order_type; the sample has none")
    expect(page.locator("#questions")).to_contain_text("x-inferred")
    page.locator("#reference .opblock-summary-control").click()
    expect(page.locator("#reference")).to_contain_text("No page says which orders can be cancelled")
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("401")
    assert "/fastpod/v1/orders/F237-120723-000001/cancel" in page.locator(".request-url").inner_text()
