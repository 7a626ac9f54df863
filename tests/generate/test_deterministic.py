"""The same specs give the same bytes, whatever the process, its hash seed, its folder and its number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from specloom.generate import generate
from specloom.spec import find_specs

Write = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]

CODE = """
import sys
from pathlib import Path
from specloom.generate import generate
if __name__ == "__main__":
    generate([*map(Path, sys.argv[3:])], Path(sys.argv[1]), jobs=int(sys.argv[2]))
"""


def _spell(document: dict[str, Any]) -> None:
    """Let values differ in case alone."""
    values = ["DESC", "desc", "ASC", "asc", "Asc", "Desc", "DEsc", "ASc"]
    document["components"]["schemas"]["Kind"] = {"type": "string", "enum": values}
    either = [{"type": "object", "required": ["in"], "properties": {"in": {"enum": [v]}, v: {}}} for v in values]
    document["components"]["schemas"]["Thing"]["properties"]["either"] = {"oneOf": either}
    document["x-foreign"] = True


def test_the_same_specs_give_the_same_bytes(root: Path, write: Write, tmp_path: Path, tree: Tree) -> None:
    specs = [*find_specs(folder=root / "specs"), write("pets", _spell)]
    for seed, jobs in (("1", "1"), ("2", "2")):
        folder = tmp_path / seed
        folder.mkdir()
        (folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")  # must not matter
        subprocess.run(
            [sys.executable, "-c", CODE, "out", jobs, *map(str, specs)],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    generate(specs, tmp_path / "here", jobs=1)
    made = tree(tmp_path / "here")
    assert len(made) > len(specs)
    assert tree(tmp_path / "1/out") == made
    assert tree(tmp_path / "2/out") == made
