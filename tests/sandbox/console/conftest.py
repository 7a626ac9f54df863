"""A sandbox with its console, and pages of it in a real browser without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browsing.chromium import chromium, watch

from specloom.generate.request_code import RequestWriter
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def _console(apis: list[Api]) -> Iterator[str]:
    with RunningSandbox(Sandbox(apis, snippets=RequestWriter().write)) as sandbox:
        yield sandbox.url


@pytest.fixture
def url(_console: str) -> str:
    """The URL of a sandbox with a console, with the records of a fresh one."""
    httpx.post(f"{_console}/_sandbox/reset").raise_for_status()
    return _console


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
        watch(page, origin, faults)
        page.goto(origin + path)
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert faults == []
