"""Put hand-written modules into a package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

COPIED: Final = tuple(
    Path(__file__).parent / name
    for name in (
        "calling",  # makes requests of arguments, and models of answers
        "commandline",  # runs the command line
        "runtime",  # sends requests
        "testing",  # stands in for the server when what uses a package is tested
        "values",  # reads values; `strict.py` among them needs pydantic
    )
)
"""The folders of the modules that are copied into every package."""


def copy_modules(source: Path, package: Path) -> None:
    """Copy the modules in the folder `source` of this package into `package`, as a package of the same name.

    They import each other, and modules of other folders that are copied, by full names, which become relative ones.
    """
    (package / source.name).mkdir()
    for module in sorted(source.glob("*.py")):
        text = module.read_text("utf-8").replace(f"from {__package__}.", "from ..")
        (package / source.name / module.name).write_text(text, "utf-8")
