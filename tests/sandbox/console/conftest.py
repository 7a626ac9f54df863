"""A sandbox with its console, and pages of it in a real browser without a window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from specloom.generate.request_code import RequestWriter
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("these tests need Chromium: apt-get install -y --no-install-recommends chromium", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def _console(apis: list[Api]) -> Iterator[str]:
    with RunningSandbox(Sandbox(apis, snippets=RequestWriter().write)) as sandbox:
        yield sandbox.url


@pytest.fixture
def url(_console: str) -> str:
    """The URL of a sandbox with a console, with the records of a fresh one."""
    httpx.post(f"{_console}/_sandbox/reset").raise_for_status()
    return _console


def _watch(page: Page, origin: str, faults: list[str]) -> None:
    """Note errors of scripts, messages of the browser, and requests to elsewhere.

    That an answer is an error is no fault: tests ask for such.
    """

    def message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            faults.append(message.text)

    def request(request: Request) -> None:
        if not request.url.startswith((f"{origin}/", "data:")):
            faults.append(f"a request left for {request.url}")

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", message)
    page.on("request", request)


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Open]:
    """Open a path of the console; nothing may go wrong on any page that was opened."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/", *, width: int = 1280, scheme: str = "light", origin: str = url, **headers: str
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            extra_http_headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, origin, faults)
        page.goto(origin + path)
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert faults == []
