"""`specloom pages drift`: say what changed on a page since its facts were locked."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console

from specloom.cli import options, pages_arguments
from specloom.pages.captures import load_locked, locked_page, read_source
from specloom.pages.drift import Finding, Watched, drift, watch
from specloom.spec import Document

_BREAKS = {"yes": "breaks clients", "perhaps": "may break clients", "no": "does not break clients"}


@click.command("drift")
@pages_arguments.arguments
@options.as_json
def command(arguments: tuple[str, ...], *, as_json: bool) -> None:
    """Compare new captures of pages with their facts in specs/<api>/pages.yaml.

    Without FILE or URL, every page is fetched from its url in pages.yaml, of all APIs if none is named; a page that
    cannot be had is reported and is no failure. Exit 0 without a change in facts, 1 with one, 2 when the capture given
    cannot be read or shows something else than the page.
    """
    specs, sources = pages_arguments.specs_and_pages(arguments)
    locked = [load_locked(path) for path in specs]
    documents = {loaded.name: loaded.document for loaded, _ in locked}
    if sources:
        loaded, lock = locked[0]
        shown = [read_source(source) for source in sources]
        results = [drift(loaded, *locked_page(loaded, lock, each), each) for each in shown]
    else:
        with options.progress() as progress:
            task = progress.add_task("pages", total=sum(len(lock.pages) for _, lock in locked))
            results = list(watch(locked, lambda _: progress.advance(task)))
    if as_json:
        options.print_json([_plain(each, documents[each.api]) for each in results])
    else:
        for each in results:
            _show(options.console(), each, documents[each.api])
    if any(each.outcome == "drift" for each in results):
        raise SystemExit(1)


def _show(console: Console, watched: Watched, document: Document) -> None:
    since = f"since {watched.page.captured}" if watched.page.captured else ""
    head = options.verbatim(f"{watched.page.operation}, {watched.page.title}:")
    count = len(watched.findings)
    told = {
        "same": f"no change in facts {since}: the words are the same",
        "reworded": f"no change in facts {since}; words or layout changed",
        "drift": f"{count} {'change' if count == 1 else 'changes'} {since}",
        "unread": f"not read: {watched.problem}",
    }
    console.print(f"[bold]{watched.api}[/bold] {head} {options.verbatim(told[watched.outcome])}", soft_wrap=True)
    for number, finding in enumerate(watched.findings, 1):
        console.print(options.verbatim(_lines(number, finding, document)), soft_wrap=True)


def _lines(number: int, finding: Finding, document: Document) -> str:
    also = f" (also {', '.join(str(each) for each in finding.also)})" if finding.also else ""
    return (
        f"{number:>3}. {options.short(str(finding.change), 200)}{also}\n"
        f"     {_BREAKS[finding.breaks]}: {finding.why}\n"
        f"     {document.place(finding.pointer)}"
    )


def _plain(watched: Watched, document: Document) -> dict[str, Any]:
    return {
        "api": watched.api,
        "operation": watched.page.operation,
        "title": watched.page.title,
        "url": watched.page.url,
        "captured": watched.page.captured,
        "outcome": watched.outcome,
        "problem": watched.problem,
        "changes": [
            {
                "subject": str(each.change.subject),
                "also": [str(subject) for subject in each.also],
                "attribute": each.change.attribute,
                "what": each.change.what,
                "before": each.change.before,
                "after": each.change.after,
                "breaks": each.breaks,
                "why": each.why,
                "file": str(document.path),
                "line": each.line,
                "pointer": each.pointer,
            }
            for each in watched.findings
        ],
    }
