"""Write rows as a Markdown table, with what was lost and what failed below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.foreign.row import Row

_HEAD = (
    *("spec", "kB", "OpenAPI", "operations", "tool", "generated", "lost that another keeps", "lint errors"),
    *("mypy --strict", "import errors", "sandbox", "fuzz alarms", "compat with itself", "s", "CPU s", "MB"),
)
_MOST = 12
"""Lines about one row; the JSON has all of them."""


def report(rows: Sequence[Row], heading: Sequence[str], others: Sequence[Row] = ()) -> str:
    """Return a heading, the table, the sums by tool, and the notes; what `others` keep counts beside `rows`."""
    beside = [*rows, *others]
    lines = ["## Foreign specs", "", *(f"- {line}" for line in heading), ""]
    lines += ["| " + " | ".join(each) + " |" for each in (_HEAD, ("---",) * len(_HEAD), *_cells(rows, beside))]
    lines += ["", *_sums(rows, beside), "", "### What was lost, and what failed", "", *_notes(rows)]
    return "\n".join(lines) + "\n"


def lost_alone(row: Row, rows: Sequence[Row]) -> list[str]:
    """Return the operations that `row` does not keep and another tool does, of the same document."""
    others = {each for other in rows if other.name == row.name and other.tool != row.tool for each in other.kept}
    return sorted(others - set(row.kept))


def _cells(rows: Sequence[Row], beside: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        sandbox = "" if row.asked is None else f"{row.answered} of {row.asked}"
        counts = (row.type_errors, row.import_errors)
        numbers = (row.seconds, row.processor_seconds, row.peak)
        kept = len(row.kept)
        yield (
            *(row.name, f"{row.size:.0f}", row.version, str(len(row.operations)), row.tool),
            *(f"{kept}" if kept == len(row.operations) else f"**{kept}**", f"{len(lost_alone(row, beside))}"),
            *("" if each is None else str(each) for each in (row.lint_errors,)),
            *("not known" if each is None else str(each) for each in counts),
            *(sandbox, *("" if each is None else str(each) for each in (row.false_alarms, row.changes))),
            *("" if each is None else f"{each:.1f}" for each in numbers),
        )


def _sums(rows: Sequence[Row], beside: Sequence[Row]) -> Iterator[str]:
    for tool in dict.fromkeys(row.tool for row in rows):
        own = [row for row in rows if row.tool == tool]
        there = sum(len(row.operations) for row in own)
        kept = sum(len(row.kept) for row in own)
        alone = sum(len(lost_alone(row, beside)) for row in own)
        clean = sum(row.type_errors == 0 and row.import_errors == 0 for row in own)
        yield (
            f"- {tool}: {kept} of {there} operations of {len(own)} specs, {alone} lost that another keeps; "
            f"{clean} packages are clean under mypy --strict and import."
        )


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        said = [*row.lost, *row.notes]
        for each in said[:_MOST]:
            yield f"- {row.name}, {row.tool}: {' '.join(each.split())}"
        if len(said) > _MOST:
            yield f"- {row.name}, {row.tool}: and {len(said) - _MOST} more"
