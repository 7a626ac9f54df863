"""Look at pages anew: one, or all that a specs folder lists, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Final, Literal

import attrs

from specloom.pages.captures import Captured, ensure_shown, read_fetched
from specloom.pages.drift.change import Change, Finding
from specloom.pages.drift.comparing import changes
from specloom.pages.drift.effects import effect
from specloom.pages.drift.members import Effect
from specloom.pages.drift.places import place
from specloom.pages.facts import EXISTS, Fact
from specloom.pages.fetching import Fetched, fetch, is_url
from specloom.pages.lock import Lock, LockedPage
from specloom.pages.specview import SpecView
from specloom.spec import Api, Operation, SpecloomError

Outcome = Literal["same", "reworded", "drift", "unread"]
"""The words are the same, the facts are the same, facts changed, or nobody knows: the page could not be had."""

_AT_ONCE: Final = 8


@attrs.frozen
class Watched:
    """What came of looking at a page anew; `problem` says why it could not be read."""

    api: str
    page: LockedPage
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    problem: str = ""


def drift(api: Api, operation: Operation, page: LockedPage, captured: Captured) -> Watched:
    """Compare a capture with what was locked of the page of an operation.

    Raises NotThePageError for a capture that does not show the page, SpecloomError when nothing was locked.
    """
    if page.facts is None:
        message = f"the facts of the page of {page.operation} have not been locked"
        raise SpecloomError(message, remedy=f"run `specloom pages lock {api.name} FILE`")
    if captured.page.digest == page.digest:
        return Watched(api.name, page, "same")
    ensure_shown(operation, captured, page.facts)
    found = findings(SpecView(api, operation), page.facts, captured.page.facts)
    return Watched(api.name, page, "drift" if found else "reworded", found)


def findings(view: SpecView, before: Iterable[Fact], after: Iterable[Fact]) -> tuple[Finding, ...]:
    """Return the changes between two captures with their place in the spec and what they mean for clients.

    The same change at several places of the page that the spec states once is one finding.
    """
    merged: dict[tuple[str, str], list[Change]] = {}
    for change in changes(before, after):
        merged.setdefault((place(view, change), _words(change)), []).append(change)
    return tuple(
        Finding(
            same[0], pointer, view.document.line(pointer), *_worst(view, same), tuple(each.subject for each in same[1:])
        )
        for (pointer, _), same in merged.items()
    )


def watch(
    locked: Iterable[tuple[Api, Lock]], on_done: Callable[[Watched], None], get: Callable[[str], Fetched] = fetch
) -> Iterator[Watched]:
    """Fetch and compare every page that has a URL, several at a time; yield the outcomes in the order of the pages.

    `on_done` is called for each as it is finished. A page that cannot be had, or shows something else, is `unread`.
    """
    jobs = [(api, page) for api, lock in locked for page in lock.pages]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = {pool.submit(_look, api, page, get): index for index, (api, page) in enumerate(jobs)}
        done: dict[int, Watched] = {}
        try:
            for future in as_completed(futures):
                done[futures[future]] = future.result()
                on_done(done[futures[future]])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    yield from (done[index] for index in range(len(jobs)))


def _look(api: Api, page: LockedPage, get: Callable[[str], Fetched]) -> Watched:
    operation = next((each for each in api.operations if each.label == page.operation), None)
    if operation is None:
        return Watched(api.name, page, "unread", problem=f"the spec has no {page.operation}")
    if page.url is None:
        return Watched(api.name, page, "unread", problem="pages.yaml gives it no url")
    if not is_url(page.url):
        return Watched(api.name, page, "unread", problem=f"{page.url} is no address in the web")
    try:
        return drift(api, operation, page, read_fetched(get(page.url), page.url))
    except SpecloomError as error:
        return Watched(api.name, page, "unread", problem=error.message)


def _worst(view: SpecView, same: list[Change]) -> Effect:
    effects = [effect(view, change) for change in same]
    return next((each for level in ("yes", "perhaps") for each in effects if each[0] == level), effects[0])


def _words(change: Change) -> str:
    """Return what makes two changes the same: the words, and names without what is around them."""
    subject = change.subject
    if change.attribute == "either":
        return f"either {change.what}"
    what = (
        change.what.rpartition(".")[2] if isinstance(change.before, str) and change.attribute == EXISTS else change.what
    )
    return f"{subject.kind} {subject.name.rpartition('.')[2]} {change.attribute} {what}"
