"""`specloom pages read`: print the facts on a documentation page."""

from __future__ import annotations

import json
from typing import Final

import click
from rich.table import Table

from specloom.cli import options
from specloom.pages import Page
from specloom.pages.fetching import fetch
from specloom.pages.reading import read_page

_MAX_VALUE: Final = 100


@click.command("read")
@click.argument("source", metavar="FILE|URL|-")
@options.as_json
def command(source: str, *, as_json: bool) -> None:
    """Print each fact on a documentation page, HTML or text, with its line and the reader that found it.

    What looks like a fact and was not understood is listed below. Exit 2 when the page cannot be read.
    """
    fetched = fetch(source)
    page = read_page(fetched.content, fetched.charset)
    if as_json:
        options.print_json(_plain(page))
    else:
        _show(page)


def _plain(page: Page) -> dict[str, object]:
    return {
        "title": page.title,
        "reader": page.reader,
        "digest": page.digest,
        "facts": [
            {
                "kind": fact.subject.kind,
                "where": fact.subject.where,
                "name": fact.subject.name,
                "attribute": fact.attribute,
                "value": fact.value,
                "line": fact.line,
                "reader": fact.reader,
            }
            for fact in page.facts
        ],
        "not_understood": [
            {"line": remark.line, "text": remark.text, "reason": remark.reason} for remark in page.remarks
        ],
    }


def _show(page: Page) -> None:
    console = options.console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("line", justify="right")
    for name in ("reader", "subject", "attribute", "value"):
        table.add_column(name, overflow="fold")
    for fact in page.facts:
        value = json.dumps(fact.value, ensure_ascii=False)
        shown = value if len(value) <= _MAX_VALUE else f"{value[:_MAX_VALUE]}…"
        # Text of a page is printed as it is, never as markup.
        row = (str(fact.line), fact.reader, str(fact.subject), fact.attribute, shown)
        table.add_row(*(_printable(cell) for cell in row))
    console.print(table)
    lines = f"{len(page.facts)} facts, read as {page.reader}; {len(page.remarks)} lines not understood"
    console.print(lines, markup=False)
    for remark in page.remarks:
        console.print(_printable(f"line {remark.line}: {remark.text} ({remark.reason})"))


def _printable(text: str) -> str:
    """Return text without control characters, which could steer a terminal, and with no markup of rich in it."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text).replace("[", "\\[")
