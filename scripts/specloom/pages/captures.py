"""Read a page from where it is, and find the operation that it documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from specloom.pages.capture import capture
from specloom.pages.degraded import refusal
from specloom.pages.facts import Fact, Page
from specloom.pages.fetching import Fetched, fetch
from specloom.pages.lock import NAME, Lock, LockedPage, read_lock
from specloom.pages.reading import read_page
from specloom.pages.specview import operation_named, same_operation
from specloom.spec import Api, Operation, SpecloomError, load_api


class NotThePageError(SpecloomError):
    """A capture that shows something else than the page: a login, an error, another page."""


@attrs.frozen
class Captured:
    """A page as it was captured just now."""

    source: str
    page: Page = attrs.field(repr=False)
    text: str = attrs.field(repr=False)


def read_source(source: str) -> Captured:
    """Read the page at a URL, in a file or, for `-`, on standard input. Raises SpecloomError, as fetch does."""
    return read_fetched(fetch(source), source)


def read_fetched(fetched: Fetched, source: str) -> Captured:
    """Read a page that has been fetched. Raises SpecloomError when it is too long."""
    page = read_page(fetched.content, fetched.charset)
    name = fetched.source if source == "-" else source
    return Captured(name, page, capture(fetched.content, fetched.charset).text)


def load_locked(spec: Path) -> tuple[Api, Lock]:
    """Return the API in `spec` and its pages.yaml. Raises SpecloomError."""
    return load_api(spec), read_lock(spec.with_name(NAME))


def operation_of(api: Api, captured: Captured) -> Operation:
    """Return the operation that a captured page documents. Raises NotThePageError when it is none of the API's."""
    found = operation_named(api, captured.page.operations)
    if found is not None:
        return found
    why = refusal(captured.page, captured.text, None, is_same_operation=False)
    known = ", ".join(operation.label for operation in api.operations)
    raise NotThePageError(f"{captured.source} is not read: {why}", remedy=f"give a page of {known}")


def locked_page(api: Api, lock: Lock, captured: Captured) -> tuple[Operation, LockedPage]:
    """Return the operation and the entry of pages.yaml that a captured page is about.

    A page whose operation has a new path is recognised by its title and its facts. Raises NotThePageError for a capture
    that is not the page (degraded.py), SpecloomError when the operation has no entry.
    """
    operation = operation_named(api, captured.page.operations)
    entry = lock.page(operation.label) if operation is not None else next(_alike(lock, captured), None)
    if operation is None and entry is not None:
        operation = next((each for each in api.operations if each.label == entry.operation), None)
    if operation is None:
        operation = operation_of(api, captured)
    if entry is None:
        remedy = f"add an element to `pages`: its title, and operation: {operation.label}"
        raise lock.document.error(f"no page of {operation.label} is listed", "/pages", remedy)
    return operation, entry


def ensure_shown(operation: Operation, captured: Captured, facts: tuple[Fact, ...] | None) -> None:
    """Raise NotThePageError when a capture does not show the page whose facts were `facts`."""
    is_same = any(same_operation(operation, label) for label in captured.page.operations)
    why = refusal(captured.page, captured.text, facts, is_same_operation=is_same)
    if why is not None:
        remedy = f"give the page that documents {operation.label}; nothing is concluded from this one"
        raise NotThePageError(f"{captured.source} is not read: {why}", remedy=remedy)


def _alike(lock: Lock, captured: Captured) -> Iterator[LockedPage]:
    """Yield the entries that have most of the facts of a capture."""
    for entry in lock.pages:
        if entry.facts and refusal(captured.page, captured.text, entry.facts, is_same_operation=False) is None:
            yield entry
