"""Check what was generated, and tidy it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from specloom.generate.naming import Names
from specloom.generate.prepared import Modelled
from specloom.generate.schemas import write_schemas
from specloom.generate.soundness import check_soundness
from specloom.generate.tidying import RULES, formatted, tidy

SCHEMAS: Final = "schemas.py"
"""The module of a package that has its pydantic models."""


def finish(
    spec: Path, package: Path, notice: str, modules: Mapping[str, str], snippets: Mapping[str, str]
) -> dict[str, str]:
    """Check the `modules`, by path, and write them into `package`, tidied; return the `snippets` formatted.

    Raises SpecloomError about `spec` when a module does not compile, or imports what the package does not require.
    """
    return tidy(package, notice, modules, snippets, lambda: check_soundness(spec, package.name, modules))


def finished_schemas(modelled: Modelled, names: Names, spec: Path) -> str:
    """Return the module of pydantic models that `write_schemas` makes, checked and tidied; errors as of both."""
    module = write_schemas(modelled, names.package, spec)
    check_soundness(spec, names.package, {SCHEMAS: module})
    tidied = formatted({"schemas": f"# {names.notice}\n{module}"}, RULES)
    return f"{tidied['schemas']}\n"
