"""Put hand-written modules into a package as they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

VALUES: Final = Path(__file__).parent / "values"
"""The folder of the modules that read values; `strict.py` among them needs pydantic."""


def copy_modules(source: Path, package: Path) -> None:
    """Copy the modules in the folder `source` into `package`, as a package of the same name."""
    (package / source.name).mkdir()
    for module in sorted(source.glob("*.py")):
        shutil.copyfile(module, package / source.name / module.name)
