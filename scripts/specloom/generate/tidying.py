"""Mark generated code as such and format it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
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


def formatted(codes: Mapping[str, str]) -> dict[str, str]:
    """Return each of the `codes`, which are named by identifiers, formatted and with its imports sorted."""
    with tempfile.TemporaryDirectory(prefix="specloom-") as name:
        modules = {key: Path(name, f"{key}.py") for key in codes}
        for key, module in modules.items():
            module.write_text(codes[key], "utf-8")
        _ruff("check", "--fix-only", "--select", "I", name)
        _ruff("format", name)
        return {key: module.read_text("utf-8").rstrip() for key, module in modules.items()}


def _ruff(command: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - ruff itself, on a folder of ours
        [find_ruff_bin(), command, *_SETTINGS, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SpecloomError(f"ruff cannot read the generated code: {done.stderr.strip()}")
