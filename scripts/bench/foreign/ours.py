"""What specloom makes of a document, as anybody runs it: adopt, lint, generate, sandbox, fuzz."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import attrs

from bench.foreign.checking import import_errors, type_errors
from bench.foreign.documents import ForeignDocument
from bench.foreign.generated import by_keywords
from bench.foreign.row import Row
from bench.running import Run, python, run

STEPS = ("lint", "types", "imports", "compat", "sandbox", "fuzz")
"""What can be left out after the generation."""

_NOT_FOUND = 2


FUZZ_SECONDS: Final = 120.0
"""How long a campaign goes on; one of hundreds of operations would take hours."""


@attrs.frozen
class Extent:
    """What to do after the generation, and how long a campaign goes on."""

    steps: tuple[str, ...] = STEPS
    fuzz_seconds: float = FUZZ_SECONDS


def specloom(document: ForeignDocument, row: Row, folder: Path, limit: float, extent: Extent = Extent()) -> Row:
    """Fill in what specloom makes of a document."""
    return _Measured(document, row, folder, limit, extent).row


class _Measured:
    def __init__(self, document: ForeignDocument, row: Row, folder: Path, limit: float, extent: Extent) -> None:
        self._name = document.name
        self._folder = folder
        self._limit = limit
        self._fuzz_seconds = extent.fuzz_seconds
        self.row = row
        if self._generate(document.path):
            for step in extent.steps:
                getattr(self, f"_{step}")()

    def _verb(self, verb: str, *arguments: str) -> Run:
        return run(python("-m", "specloom", verb, *arguments), self._folder, limit=self._limit)

    def _note(self, text: str) -> None:
        self.row = attrs.evolve(self.row, notes=(*self.row.notes, text))

    def _generate(self, document: Path) -> bool:
        adopted = self._verb("adopt", self._name, str(document.resolve()), "--json")
        if adopted.failed:
            self._note(adopted.why)
            return False
        notes = json.loads(adopted.out)["notes"]
        lost = [f"adopt: {each['pointer']}: {each['message']}" for each in notes if each["lost"]]
        made = self._verb("generate", self._name, "--json")
        self.row = attrs.evolve(
            self.row,
            seconds=adopted.seconds + made.seconds,
            processor_seconds=adopted.processor_seconds + made.processor_seconds,
            peak=max(adopted.peak, made.peak),
        )
        if made.failed:
            self._note(made.why)
            return False
        kept = by_keywords(self._package, "method", "path")
        self.row = attrs.evolve(self.row, kept=tuple(sorted(kept)), lost=(*lost, *_lost(made.out)))
        return True

    @property
    def _package(self) -> Path:
        return next((self._folder / "generated" / self._name).glob("*_client"))

    def _lint(self) -> None:
        done = self._verb("lint", self._name, "--json")
        try:
            found = json.loads(done.out)
        except ValueError:
            self._note(done.why)
        else:
            errors = [each for each in found if each["level"] == "error"]
            self.row = attrs.evolve(self.row, lint_errors=len(errors))
            if errors:
                self._note(f"lint: {errors[0]}")

    def _types(self) -> None:
        package = self._package
        found = type_errors(sys.executable, package.parent, package.name, self._folder / ".mypy_cache", self._limit)
        self.row = attrs.evolve(self.row, type_errors=found.errors)
        if found.note:
            self._note(found.note)

    def _imports(self) -> None:
        package = self._package
        found = import_errors(sys.executable, package.parent, package.name, self._limit)
        self.row = attrs.evolve(self.row, import_errors=found.errors)
        if found.note:
            self._note(found.note)

    def _compat(self) -> None:
        spec = f"specs/{self._name}"
        done = self._verb("compat", "--wire-only", "--json", spec, spec)
        try:
            found = json.loads(done.out)["wire"]
        except (ValueError, LookupError):
            self._note(done.why or "compat: no result")
            return
        self.row = attrs.evolve(self.row, changes=len(found))
        for each in found:
            self._note(f"compat: {each}")

    def _sandbox(self) -> None:
        done = run(python("-m", "bench.foreign.probing", self._name), self._folder, limit=self._limit)
        answers: list[tuple[str, str]] = [tuple(json.loads(line)) for line in done.out.splitlines()]
        wrong = [f"sandbox: {operation}: {why}" for operation, why in answers if why]
        self.row = attrs.evolve(self.row, asked=len(answers), answered=len(answers) - len(wrong))
        for each in wrong:
            self._note(each)
        if done.failed:
            self._note(f"sandbox: {done.why}")

    def _fuzz(self) -> None:
        options = ("--json", "--time-limit", str(min(self._fuzz_seconds, self._limit / 2)), "--jobs", "1")
        done = self._verb("fuzz", self._name, *options)
        try:
            found: Any = json.loads(done.out)
        except ValueError:
            self._note(done.why or "fuzz: no result")
            return
        failures = [failure for result in found for failure in result["failures"]]
        self.row = attrs.evolve(self.row, false_alarms=len(failures))
        for each in failures:
            self._note(f"fuzz: {each['operation']}: {each['check']}: {each['message'][:200]}")


def _lost(out: str) -> list[str]:
    """Return what `specloom generate --json` says was lost, each as a line with its reason."""
    found = json.loads(out)
    return [each if isinstance(each, str) else json.dumps(each) for made in found for each in made.get("lost", ())]
