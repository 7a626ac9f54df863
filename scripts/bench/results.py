"""Keep what was measured, by name, so that one figure can be measured again and none is lost with another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from bench.figure import Figure, missed
from bench.table import table

FOLDER: Final = Path(".cache/bench")
"""Where results are kept, from the root of the repository."""


@attrs.frozen
class Result:
    """What came of measuring `name`, in which circumstances; `missing` says why there is no more, "" where all is.

    `began` and `ended` are dates with the load of the machine (1, 5 and 15 minutes), `commit` that of the sources.
    """

    name: str
    figures: tuple[Figure, ...]
    missing: str
    began: str
    ended: str
    commit: str

    def as_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return {**vars_of(self), "figures": [figure.as_json() for figure in self.figures]}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Result:
        """Read what `as_json` has written. Raises LookupError, TypeError and ValueError for anything else."""
        return cls(**{**value, "figures": tuple(Figure.from_json(each) for each in value["figures"])})


def vars_of(result: Result) -> dict[str, Any]:
    """Return what says when and where."""
    return attrs.asdict(result, filter=lambda attribute, _: attribute.name != "figures")


class Results:
    """A JSON file of results in `folder`, and the Markdown table of all of them beside it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Open the file; one that cannot be read, or was written by another version, is an empty one."""
        self._folder = folder
        try:
            found = [Result.from_json(each) for each in json.loads((folder / "figures.json").read_text("utf-8"))]
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            found = []
        self._results = {result.name: result for result in found}

    def put(self, result: Result, heading: Sequence[str], order: Sequence[str]) -> None:
        """Keep a result in place of an older one of its name; write table and file in the order of names `order`."""
        self._results[result.name] = result
        self._results = {name: self._results[name] for name in order if name in self._results}
        self._folder.mkdir(parents=True, exist_ok=True)
        content = json.dumps([each.as_json() for each in self._results.values()], indent=1)
        self._write("figures.json", content)
        self._write("figures.md", report(list(self._results.values()), heading))

    def _write(self, name: str, content: str) -> None:
        aside = self._folder / f"{name}.new"
        aside.write_text(content, "utf-8")
        aside.replace(self._folder / name)


def report(results: Sequence[Result], heading: Sequence[str]) -> str:
    """Return the table of all figures, how many miss their target, and when each was measured."""
    figures = [figure for result in results for figure in result.figures]
    missing = {result.name: result.missing for result in results if result.missing}
    lines = [
        table(figures, heading, missing),
        f"{len(missed(figures))} of {len(figures)} figures miss their target"
        + (f"; {len(missing)} could not be measured in full." if missing else "."),
        "",
        *_circumstances(results),
    ]
    return "\n".join(lines) + "\n"


def _circumstances(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        yield f"- {result.name}: from {result.began} to {result.ended}, commit {result.commit}"
