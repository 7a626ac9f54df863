"""Write the pyproject.toml of a generated package, and its licence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from specloom.generate.naming import Names
from specloom.spec import Api

# What the code of the client imports, and the requirement that provides it; soundness.py holds the code to this.
DEPENDENCIES: Final = {"attrs": "attrs>=22.2", "httpx": "httpx>=0.23,<1"}
PLUGIN: Final = "pytest_plugin.py"
"""The module of the package that pytest loads by its entry point."""
LICENCE: Final = "MIT"
"""The SPDX identifier of the licence, whose text is in the file LICENSE beside this module."""


@attrs.frozen
class Extra:
    """What some modules import besides, the requirements that provide it, and these modules."""

    requirements: Mapping[str, str]
    modules: frozenset[str]


EXTRAS: Final = {
    "pydantic": Extra({"pydantic": "pydantic>=2.11,<3"}, frozenset({"schemas.py", "strict.py"})),
    "testing": Extra({"pytest": "pytest>=8"}, frozenset({PLUGIN})),
}


def write_pyproject(api: Api, names: Names, folder: Path) -> None:
    """Write the pyproject.toml of the distribution in `folder`: version and description are those of the spec."""
    lines = [
        f"# {names.notice}",
        "[build-system]",
        'requires = ["hatchling>=1.28"]',
        'build-backend = "hatchling.build"',
        "",
        "[project]",
        f"name = {_toml(names.distribution)}",
        f"version = {_toml(api.version)}",
        f"description = {_toml(_description(api))}",
        'readme = "README.md"',
        # datetime.fromisoformat reads the Z of RFC 3339 since 3.11.
        'requires-python = ">=3.11"',
        f"license = {_toml(LICENCE)}",
        'license-files = ["LICENSE"]',
        f"dependencies = {_toml(list(DEPENDENCIES.values()))}",
        'classifiers = ["Private :: Do Not Upload", "Typing :: Typed"]',
        "",
        "[project.optional-dependencies]",
        *(f"{name} = {_toml(list(extra.requirements.values()))}" for name, extra in EXTRAS.items()),
        "",
        "[project.scripts]",
        f"{names.api} = {_toml(names.package + '.commands:main')}",
        "",
        "[project.entry-points.pytest11]",
        f"{names.api} = {_toml(names.package + '.' + PLUGIN.removesuffix('.py'))}",
        "",
        "[tool.hatch.build.targets.wheel]",
        f"packages = [{_toml(names.package)}]",
        f"sbom-files = [{_toml(sbom_name(names))}]",
        "",
        "[tool.hatch.build.targets.sdist]",
        f"include = {_toml([f'/{name}' for name in (names.package, 'README.md', 'LICENSE', sbom_name(names))])}",
    ]
    (folder / "pyproject.toml").write_text("\n".join(lines) + "\n", "utf-8")


def sbom_name(names: Names) -> str:
    """Return the name of the software bill of materials, as PEP 770 and CycloneDX have it."""
    return f"{names.distribution}.cdx.json"


def write_licence(folder: Path) -> None:
    """Write the licence of this repository into the distribution in `folder`."""
    shutil.copyfile(Path(__file__).with_name("LICENSE"), folder / "LICENSE")


def _description(api: Api) -> str:
    """Return one line about the API: `info.summary`, or the first line of `info.description`, or its title."""
    info = api.document.data["info"]
    text = info.get("summary") or next(iter(info.get("description", "").strip().splitlines()), "") or api.title
    return " ".join(text.split())


def _toml(value: Any) -> str:
    # A JSON string or array of strings is one of TOML too.
    return json.dumps(value, ensure_ascii=False)
