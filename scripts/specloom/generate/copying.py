"""Put hand-written modules into a package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CALLING: Final = Path(__file__).parent / "calling"
"""The folder of the modules that make requests of arguments and models of answers."""
COMMAND_LINE: Final = Path(__file__).parent / "commandline"
"""The folder of the modules that run the command line."""
RUNTIME: Final = Path(__file__).parent / "runtime"
"""The folder of the modules that send requests."""
TESTING: Final = Path(__file__).parent / "testing"
"""The folder of the modules that stand in for the server when what uses a package is tested."""
VALUES: Final = Path(__file__).parent / "values"
"""The folder of the modules that read values; `strict.py` among them needs pydantic."""


def copy_modules(source: Path, package: Path) -> None:
    """Copy the modules in the folder `source` of this package into `package`, as a package of the same name.

    They import each other, and modules of other folders that are copied, by full names, which become relative ones.
    """
    (package / source.name).mkdir()
    for module in sorted(source.glob("*.py")):
        text = module.read_text("utf-8").replace(f"from {__package__}.", "from ..")
        (package / source.name / module.name).write_text(text, "utf-8")
