"""Write figures as a Markdown table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.figure import Figure, Sample

_HEAD = ("figure", "ours: median (quartiles)", "beside", "its median (quartiles)", "ratio", "target", "")


def table(figures: Sequence[Figure], heading: Sequence[str], missing: Mapping[str, str] | None = None) -> str:
    """Return a heading with the machine and the versions, and a table of `figures`.

    `missing` says of figures, by name, why they could not be measured.
    """
    rows = [_HEAD, ("---",) * len(_HEAD), *_rows(figures)]
    rows += [(name, f"missing ({why})", "", "", "", "", "**MISSING**") for name, why in (missing or {}).items()]
    lines = ["## Figures", "", *(f"- {line}" for line in heading), "", *("| " + " | ".join(row) + " |" for row in rows)]
    return "\n".join(lines) + "\n"


def _rows(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    for figure in figures:
        peer = "" if figure.peer is None else _sample(figure.peer, figure)
        if figure.peer_missing:
            peer = f"missing ({figure.peer_missing})"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        mark = {True: "met", False: "**MISSED**", None: ""}[figure.meets_target]
        ours = _sample(figure.sample, figure)
        yield f"{figure.group}: {figure.what}", ours, figure.peer_name, peer, ratio, figure.target, mark


def _sample(sample: Sample, figure: Figure) -> str:
    low, high = sample.quartiles
    spread = f" ({low:.1f} to {high:.1f})" if len(sample.values) > 1 else ""
    # Numbers of things are whole.
    said = f"{sample.median:.1f} {figure.unit}" if figure.unit else f"{sample.median:g}"
    return f"{said}{spread}"
