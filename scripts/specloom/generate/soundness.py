"""Make sure that generated code compiles and imports nothing but what its distribution requires."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from specloom.generate.metadata import DEPENDENCIES, EXTRAS
from specloom.spec import Api


def check_soundness(api: Api, package: Path) -> None:
    """Raise SpecloomError when a module of `package` does not compile, or imports what is not required."""
    for module in sorted(package.rglob("*.py")):
        name = module.relative_to(package.parent)
        try:
            with warnings.catch_warnings():
                # Whoever runs Python with warnings as errors could not import such a module.
                warnings.simplefilter("error")
                tree = ast.parse(module.read_bytes(), str(name))
                compile(tree, str(name), "exec", dont_inherit=True)
        except (SyntaxError, Warning, ValueError) as error:
            raise api.document.error(
                f"the generated {name} does not compile: {error}", "", "look for a name or a text that is no Python"
            ) from None
        place = module.relative_to(package).as_posix()
        further = chain.from_iterable(extra.requirements for extra in EXTRAS.values() if place in extra.modules)
        allowed = {*sys.stdlib_module_names, package.name, *DEPENDENCIES, *further}
        for imported in sorted(set(imports(tree)) - allowed):
            raise api.document.error(
                f"the generated {name} imports {imported}, which the package does not require",
                "",
                "avoid what brings this import in, or add the requirement to the generator",
            )


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the first part of each module that is imported by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]
