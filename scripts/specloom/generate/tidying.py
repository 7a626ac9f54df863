"""Mark generated code as such and format it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from ruff import find_ruff_bin  # type: ignore[import-untyped]

from specloom.generate.naming import Names
from specloom.spec import SpecloomError

# --isolated: the settings of the folder that happens to be around must not matter.
_SETTINGS: Final = ("--isolated", "--no-cache", "--quiet", "--line-length", "120", "--target-version", "py311")


def tidy(folder: Path, names: Names) -> None:
    """Put the notice on top of each module in `folder`, remove unused imports, sort imports and format."""
    for module in sorted(folder.rglob("*.py")):
        module.write_text(f"# {names.notice}\n{module.read_text('utf-8')}", "utf-8")
    _ruff("check", "--fix-only", "--select", "F,I", str(folder))
    _ruff("format", str(folder))


def formatted(code: str) -> str:
    """Return `code` formatted, its imports sorted."""
    for command in (("check", "--fix-only", "--select", "I"), ("format",)):
        code = _ruff(*command, "-", text=code)
    return code


def _ruff(command: str, *arguments: str, text: str = "") -> str:
    done = subprocess.run(  # noqa: S603 - ruff itself, on code from standard input or on a folder of ours
        [find_ruff_bin(), command, *_SETTINGS, *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SpecloomError(f"ruff cannot read the generated code: {done.stderr.strip()}")
    return done.stdout
