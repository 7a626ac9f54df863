"""Check what was generated, and tidy it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

from specloom.generate.models import Models, make_models
from specloom.generate.naming import Names
from specloom.generate.soundness import check_soundness, modules_of
from specloom.generate.tidying import RULES, formatted, tidy
from specloom.spec import Api

SCHEMAS: Final = "schemas.py"
"""The module of a package that has its pydantic models."""


def finish(api: Api, package: Path, notice: str, snippets: Mapping[str, str]) -> dict[str, str]:
    """Check all modules of `package` and `tidy` them; return the `snippets` formatted.

    Raises SpecloomError when a module does not compile, or imports what the package does not require.
    """
    modules = modules_of(package)
    return tidy(package, notice, snippets, lambda: check_soundness(api, package.name, modules))


def finished_models(api: Api, names: Names) -> Models:
    """Return the pydantic models of `api`, checked and tidied; errors as of `make_models` and `finish`."""
    models = make_models(api, names)
    if models.module is None:
        return models
    check_soundness(api, names.package, {SCHEMAS: models.module})
    tidied = formatted({"schemas": f"# {names.notice}\n{models.module}"}, RULES)
    return attrs.evolve(models, module=f"{tidied['schemas']}\n")
