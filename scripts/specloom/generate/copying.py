"""Put hand-written modules into a package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

VALUES: Final = Path(__file__).parent / "values"
"""The folder of the modules that read values; `strict.py` among them needs pydantic."""


def copy_modules(source: Path, package: Path) -> None:
    """Copy the modules in the folder `source` of this package into `package`, as a package of the same name.

    They import each other by full names, which become those that they have there.
    """
    here, there = f"{__package__}.{source.name}", f"{package.name}.{source.name}"
    (package / source.name).mkdir()
    for module in sorted(source.glob("*.py")):
        text = module.read_text("utf-8").replace(here, there)
        (package / source.name / module.name).write_text(text, "utf-8")
