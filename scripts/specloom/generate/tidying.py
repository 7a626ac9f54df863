"""Mark generated code as such and format it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ruff import find_ruff_bin  # type: ignore[import-untyped]

from specloom.spec import SpecloomError

# --isolated: the settings of the folder that happens to be around must not matter.
_SETTINGS: Final = ("--isolated", "--no-cache", "--quiet", "--line-length", "120", "--target-version", "py311")

_SNIPPETS: Final = "specloom-snippets-"


def tidy(folder: Path, notice: str, snippets: Mapping[str, str]) -> dict[str, str]:
    """Put the `notice` on top of each module in `folder`, remove unused imports, sort imports and format.

    Return the `snippets` as `formatted` does, of whose imports none is removed; all in one go, for to start ruff takes
    longer than what it does.
    """
    for module in sorted(folder.rglob("*.py")):
        module.write_text(f"# {notice}\n{module.read_text('utf-8')}", "utf-8")
    return _formatted(snippets, "--select", "F,I", "--per-file-ignores", f"**/{_SNIPPETS}*/*.py:F", beside=(folder,))


def formatted(codes: Mapping[str, str], rules: str = "I") -> dict[str, str]:
    """Return each of the `codes`, which are named by identifiers, formatted, and mended by the `rules` of ruff.

    By default imports are sorted.
    """
    return _formatted(codes, "--select", rules)


def _formatted(codes: Mapping[str, str], *options: str, beside: Sequence[Path] = ()) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix=_SNIPPETS) as name:
        modules = {key: Path(name, f"{key}.py") for key in codes}
        for key, module in modules.items():
            module.write_text(codes[key], "utf-8")
        paths = [str(path) for path in (name, *beside)]
        _ruff("check", "--fix-only", *options, *paths)
        _ruff("format", *paths)
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
