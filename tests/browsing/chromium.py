"""Pages in a real browser without a window, and what must not happen on any of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

CONTRAST: Final = (Path(__file__).parent / "contrast.js").read_text("utf-8")
NAMES: Final = (Path(__file__).parent / "names.js").read_text("utf-8")
_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium."""
    path = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if path is None:
        pytest.fail("these tests need Chromium: apt-get install -y --no-install-recommends chromium", pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield started
        started.close()


def watch(page: Page, origin: str, faults: list[str]) -> None:
    """Note errors of scripts, messages of the browser, and requests to elsewhere than below `origin`.

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
