"""Make what our packages stand beside: the output of the two generators as anybody runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PYPROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{package}"
version = "1.0.0"

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
"""


def package_name(spec: Path) -> str:
    """Return the name of the stock package for `spec`, another than that of ours."""
    return f"stock_{spec.parent.name.replace('-', '_')}"


def write_stock_client(spec: Path, folder: Path) -> Path:
    """Run openapi-python-client for `spec`; return the distribution that it wrote into the new folder `folder`."""
    package = package_name(spec)
    settings = folder / "settings.yaml"
    folder.mkdir(parents=True)
    settings.write_text(f"package_name_override: {package}\nliteral_enums: true\n", "utf-8")
    arguments = ["--path", str(spec), "--config", str(settings), "--meta", "none"]
    _run("openapi-python-client", "generate", *arguments, "--output-path", str(folder / package))
    (folder / "pyproject.toml").write_text(_PYPROJECT.format(package=package), "utf-8")
    return folder


def write_stock_models(spec: Path, module: Path) -> None:
    """Run datamodel-codegen for `spec`, with the settings that our models are made with where it has them."""
    _run(
        "datamodel-codegen",
        *("--input", str(spec), "--input-file-type", "openapi", "--output", str(module)),
        *("--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11", "--use-annotated"),
        *("--use-union-operator", "--field-constraints", "--strict-nullable", "--enum-field-as-literal", "all"),
        *("--collapse-root-models", "--snake-case-field", "--allow-population-by-field-name"),
        *("--use-schema-description", "--disable-timestamp", "--formatters", "ruff-check", "ruff-format"),
    )


def _run(command: str, *arguments: str) -> None:
    # As in an environment that was activated: openapi-python-client formats with the ruff that it finds.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    line = [str(Path(sys.executable).parent / command), *arguments]
    subprocess.run(line, check=True, capture_output=True, env={**os.environ, "PATH": path})  # noqa: S603 - the generators
