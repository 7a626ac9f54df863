"""Mark generated code as such and format it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Final

from ruff import find_ruff_bin  # type: ignore[import-untyped]

from specloom.spec import SpecloomError

# --isolated: the settings of the folder that happens to be around must not matter.
_SETTINGS: Final = ("--isolated", "--no-cache", "--quiet", "--line-length", "120", "--target-version", "py311")

RULES: Final = "F,I"
"""The rules of ruff by which modules are mended: nothing unused is imported, and in order."""

_SNIPPETS: Final = "specloom-snippets-"
# Of less, to start threads takes longer than what they do.
_FOR_THREADS: Final = 1_000_000
"""Bytes."""


def tidy(
    folder: Path, notice: str, texts: Mapping[str, str], snippets: Mapping[str, str], meanwhile: Callable[[], None]
) -> dict[str, str]:
    """Write modules, whose `texts` are given by path, into `folder`; remove unused imports, sort imports and format.

    The `notice` is put on top of each. Return the `snippets` as `formatted` does, of whose imports none is removed; all
    in one go, for to start ruff takes longer than what it does. While it works, `meanwhile` is called, which must not
    look at the folder.
    """
    for parent in {folder / PurePosixPath(path).parent for path in texts}:
        parent.mkdir(parents=True, exist_ok=True)
    size = sum((folder / path).write_text(f"# {notice}\n{text}", "utf-8") for path, text in texts.items())
    options = ("--select", RULES, "--per-file-ignores", f"**/{_SNIPPETS}*/*.py:F")
    return _formatted(snippets, options, meanwhile, beside=(folder,), threads=size >= _FOR_THREADS)


def formatted(codes: Mapping[str, str], rules: str = "I") -> dict[str, str]:
    """Return each of the `codes`, which are named by identifiers, formatted, and mended by the `rules` of ruff.

    By default imports are sorted.
    """
    return _formatted(codes, ("--select", rules))


def _formatted(
    codes: Mapping[str, str],
    options: Sequence[str],
    meanwhile: Callable[[], None] | None = None,
    beside: Sequence[Path] = (),
    *,
    threads: bool = False,
) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix=_SNIPPETS) as name:
        modules = {key: Path(name, f"{key}.py") for key in codes}
        for key, module in modules.items():
            module.write_text(codes[key], "utf-8")
        paths = [str(path) for path in (name, *beside)]
        # All that is done with files is done before: two threads that both have much to do keep each other waiting.
        with ThreadPoolExecutor(1) as other:
            running = other.submit(_mend, options, paths, threads=threads)
            if meanwhile is not None:
                meanwhile()
            running.result()
        return {key: module.read_text("utf-8").rstrip() for key, module in modules.items()}


def _mend(options: Sequence[str], paths: Sequence[str], *, threads: bool) -> None:
    _ruff("check", "--fix-only", *options, *paths, threads=threads)
    _ruff("format", *paths, threads=threads)


def _ruff(command: str, *arguments: str, threads: bool) -> None:
    done = subprocess.run(  # noqa: S603 - ruff itself, on a folder of ours
        [find_ruff_bin(), command, *_SETTINGS, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=None if threads else {**os.environ, "RAYON_NUM_THREADS": "1"},
    )
    if done.returncode:
        raise SpecloomError(f"ruff cannot read the generated code: {done.stderr.strip()}")
