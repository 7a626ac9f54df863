"""Check a generated package as its users would: its types, and that each module imports."""

from __future__ import annotations

from pathlib import Path

import attrs

from bench.running import run

_IMPORTER = Path(__file__).with_name("importer.py")


@attrs.frozen
class Checked:
    """How many errors there are, and why there is no number when there is none; or the first of them."""

    errors: int | None
    note: str = ""


def type_errors(python: Path | str, folder: Path, package: str, cache: Path, limit: float) -> Checked:
    """Return what `mypy --strict`, run by `python`, finds in the package `package` of `folder`."""
    options = ("--strict", "--config-file=", "--no-error-summary", "--no-color-output", f"--cache-dir={cache}")
    done = run([str(python), "-m", "mypy", *options, package], folder, limit=limit, more={"MYPYPATH": str(folder)})
    found = [line for line in done.out.splitlines() if ": error:" in line]
    if done.late or (done.status and not found):
        return Checked(None, f"mypy: {done.why}")
    return Checked(len(found), f"mypy: {found[0]}" if found else "")


def import_errors(python: Path | str, folder: Path, package: str, limit: float) -> Checked:
    """Return how many modules of a package fail when they are imported, with what."""
    done = run([str(python), str(_IMPORTER), str(folder), package], folder, limit=limit, more={"PYTHONPATH": ""})
    if done.failed:
        return Checked(None, f"import: {done.why}")
    found = done.out.splitlines()
    return Checked(len(found), f"import: {found[0]}" if found else "")
