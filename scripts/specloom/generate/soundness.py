"""Make sure that generated code compiles and imports nothing but what its distribution requires."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

from specloom.generate.metadata import DEPENDENCIES, EXTRAS
from specloom.spec import Place, SpecloomError

_DEFINITION: Final = re.compile(r"^(?:@.*\n)*(?:async def|class|def) ", re.MULTILINE)
# What stands where an import statement may stand: at the start of a line, or after a colon or a semicolon.
_MAY_IMPORT: Final = re.compile(
    r"(?:^|[:;])[ \t\f]*(?:from\b[\s\\]*([\w.]+)[\s\\]+import\b|import[\s\\]+(\w[^;#\n]*))", re.MULTILINE
)


def check_soundness(spec: Path, package: str, modules: Mapping[str, str]) -> None:
    """Raise SpecloomError about `spec` when one of the `modules` of `package`, by path, is no sound code.

    It compiles, and imports nothing but what the package requires.
    """
    for place, code in modules.items():
        name = f"{package}/{place}"
        error = _error(code, name)
        if error is not None:
            raise SpecloomError(
                f"the generated {name} does not compile: {error}",
                place=Place(spec),
                remedy="look for a name or a text that is no Python",
            ) from None
        further = chain.from_iterable(extra.requirements for extra in EXTRAS.values() if place in extra.modules)
        allowed = {*sys.stdlib_module_names, package, *DEPENDENCIES, *further}
        if set(_may_import(code)) <= allowed:
            continue
        # Some text looks like an import. Only a syntax tree, which takes long to make, tells whether it is one.
        for imported in sorted(set(imports(ast.parse(code))) - allowed):
            raise SpecloomError(
                f"the generated {name} imports {imported}, which the package does not require",
                place=Place(spec),
                remedy="avoid what brings this import in, or add the requirement to the generator",
            )


def _error(code: str, name: str) -> Exception | None:
    """Return why `code` does not compile.

    It is compiled definition by definition, for the models of a large spec would take half a gigabyte at once. Where
    what looks like a definition is none, such as a line of a text, the pieces do not compile. Only then is the module
    compiled as a whole, which has the last word and knows the line.
    """
    starts = [0, *(found.start() for found in _DEFINITION.finditer(code)), len(code)]
    pieces = (code[start:end] for start, end in pairwise(starts))
    return _failure(pieces, name) and _failure([code], name)


def _failure(pieces: Iterable[str], name: str) -> Exception | None:
    try:
        with warnings.catch_warnings():
            # Whoever runs Python with warnings as errors could not import such a module.
            warnings.simplefilter("error")
            for piece in pieces:
                compile(piece, name, "exec", dont_inherit=True)
    except (SyntaxError, Warning, ValueError) as error:
        return error
    return None


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the first part of each module that is imported by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def _may_import(code: str) -> Iterator[str]:
    """Yield all that `imports` does for the tree of `code`, and perhaps words of texts too."""
    for found in _MAY_IMPORT.finditer(code):
        if found[1] is not None:
            yield from [] if found[1].startswith(".") else [found[1].partition(".")[0]]
        else:
            yield from (each.split()[0].partition(".")[0] for each in found[2].split(",") if each.strip())
