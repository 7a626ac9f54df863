"""`specloom pages check`: hold pages and specs against each other."""

from __future__ import annotations

from typing import Any

import click

from specloom.cli import options, pages_arguments
from specloom.pages.captures import load_locked, operation_of, read_source
from specloom.pages.checking import CheckedPage, Report, check
from specloom.spec import Api, SpecloomError


@click.command("check")
@pages_arguments.arguments
@options.as_json
def command(arguments: tuple[str, ...], *, as_json: bool) -> None:
    """Compare documentation pages with a spec in both directions.

    Without FILE or URL, the facts in specs/<api>/pages.yaml are compared, of all APIs if none is named. Known
    contradictions (x-conflict, x-inferred) are listed apart. Exit 0 when page and spec agree, 1 when they do not, 2
    when a page could not be read or none has been locked yet.
    """
    reports: list[tuple[Api, Report]] = []
    unread: dict[str, int] = {}
    specs, sources = pages_arguments.specs_and_pages(arguments)
    for path in specs:
        loaded, lock = load_locked(path)
        if sources:
            captured = [read_source(source) for source in sources]
            unread |= {each.source: len(each.page.remarks) for each in captured}
            pages = [(each.source, operation_of(loaded, each), each.page.facts) for each in captured]
        else:
            pages = []
            for operation in loaded.operations:
                entry = lock.page(operation.label)
                if entry is None or entry.facts is None:
                    place = lock.document.place("/pages" if entry is None else entry.pointer)
                    remedy = f"save the page and run `specloom pages lock {loaded.name} FILE`"
                    raise SpecloomError(f"no facts of the page of {operation.label}", place=place, remedy=remedy)
                pages.append((f"{lock.document.path}:{lock.document.line(entry.pointer)}", operation, entry.facts))
        reports.append((loaded, check(loaded, pages, lock.elsewhere)))
    if as_json:
        options.print_json([_plain(loaded, report) for loaded, report in reports])
    else:
        for loaded, report in reports:
            _show(loaded, report, unread)
    if not all(report.is_clean for _, report in reports):
        raise SystemExit(1)


def _show(api: Api, report: Report, unread: dict[str, int]) -> None:
    console = options.console()
    for page in report.pages:
        console.print(f"[bold]{api.name}[/bold] {options.verbatim(f'{page.operation}: {page.source}')}")
        console.print(f"  {_summary(page)}", markup=False)
        if unread.get(page.source):
            console.print(f"  {unread[page.source]} lines not understood: see `specloom pages read`", markup=False)
        for outcome, heading in (
            ("known", "known: "),
            ("missing", "not in the spec: "),
            ("contradicts", "contradicts: "),
        ):
            for each in page.judgements:
                if each.outcome == outcome:
                    fact = f"{each.fact.subject} {each.fact.attribute} {each.fact.value!r}"
                    line = f"  {heading}{options.short(fact)}: {options.short(each.message)}"
                    place = "" if outcome == "known" else f"\n    {api.document.place(each.pointer)}"
                    console.print(options.verbatim(line + place), soft_wrap=True)
    for claim in report.unsupported:
        stated = claim.fact.fact
        said = options.short(f"{stated.subject} {stated.attribute} {stated.value!r}")
        console.print(
            options.verbatim(f"  on no page: {said}\n    {api.document.place(claim.fact.pointer)}"), soft_wrap=True
        )
    for other in report.unused:
        console.print(options.verbatim(f"  elsewhere, and nothing needs it: {other.at}"), soft_wrap=True)
    counts = report.counts
    told = ", ".join(f"{counts[name]} {name}" for name in ("stated", "inferred", "elsewhere") if name in counts)
    last = f"{len(report.unsupported)} on no page"
    console.print(f"  the spec states {counts['claims']} things of its own: {told or 'none'}, {last}", markup=False)


def _summary(page: CheckedPage) -> str:
    counts = page.counts
    words = {
        "agrees": "agree with the spec",
        "known": "known to differ",
        "outside": "are words no spec holds",
        "missing": "not in the spec",
        "contradicts": "contradict it",
    }
    return f"{counts['facts']} facts: " + ", ".join(f"{counts.get(each, 0)} {said}" for each, said in words.items())


def _plain(api: Api, report: Report) -> dict[str, Any]:
    return {
        "api": api.name,
        "clean": report.is_clean,
        "pages": [
            {
                "source": page.source,
                "operation": page.operation,
                "counts": page.counts,
                "differences": [
                    {
                        "outcome": each.outcome,
                        "subject": str(each.fact.subject),
                        "attribute": each.fact.attribute,
                        "value": each.fact.value,
                        "page_line": each.fact.line,
                        "message": each.message,
                        "pointer": each.pointer,
                        "spec_line": api.document.line(each.pointer),
                    }
                    for each in page.judgements
                    if each.outcome in {"known", "missing", "contradicts"}
                ],
            }
            for page in report.pages
        ],
        "claims": report.counts,
        "on_no_page": [
            {
                "subject": str(claim.fact.fact.subject),
                "attribute": claim.fact.fact.attribute,
                "value": claim.fact.fact.value,
                "pointer": claim.fact.pointer,
                "spec_line": claim.fact.fact.line,
            }
            for claim in report.unsupported
        ],
        "unused": [other.at for other in report.unused],
    }
