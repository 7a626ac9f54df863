"""Make one module of several: a wheel of few files is smaller, and is imported sooner.

Each module keeps its text. Its docstring becomes a comment above it; its imports go to the top, where those of modules
of the same bundle are left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from platform import python_version
from textwrap import wrap
from typing import Final

import attrs

from specloom.generate.keeping import kept
from specloom.generate.record import makers
from specloom.generate.tidying import RULES, formatted

BUNDLES: Final = tuple(
    Path(__file__).parent / name
    for name in (
        "calling",  # makes requests of arguments, and models of answers
        "commandline",  # runs the command line
        "runtime",  # sends requests
        "testing",  # stands in for the server when what uses a package is tested
        "values",  # reads values
    )
)
"""The folders of hand-written modules that become a module of every package each."""
STYLES: Final = "styles"
"""The module that only packages with parameters in certain styles need."""
COPIED: Final = (Path(__file__).parent / "strict.py", Path(__file__).parent / f"{STYLES}.py")
"""The hand-written modules that are put into packages as they are, for they need what the others do not."""

_FOR_USERS: Final = frozenset({"errors", "options", "responses", "testing"})
"""The modules and folders whose docstrings packages keep: users call what these define. The rest is explained here."""
_WIDTH: Final = 118
_NOQA: Final = re.compile(r"  # noqa:[^#\n]*$|  # noqa:[^#\n]*(?=  #)", re.MULTILINE)
# Imports stand above it.
_DEFINITION: Final = re.compile(r"^(?:@|async def |class |def )", re.MULTILINE)
_UP: Final = re.compile(r"^(\s*from )\.\.(?= import|(\w))", re.MULTILINE)


@attrs.frozen
class _Module:
    """A module, and its text without docstring and imports."""

    name: str
    doc: str
    body: str
    internal: frozenset[str]
    imports: tuple[str, ...]
    for_types: tuple[str, ...]


def write_bundles(package: Path, notice: str, without: Collection[str] = ()) -> None:
    """Write the hand-written modules, `without` some of them, into `package`, the `notice` on top of each."""
    for name, text in tidied().items():
        if name not in without:
            (package / f"{name}.py").write_text(f"# {notice}\n{text}\n", "utf-8")


@cache
def tidied() -> Mapping[str, str]:
    """Return the hand-written modules by name, without unused imports and formatted."""

    def make() -> Mapping[str, str]:
        return formatted({name.removesuffix(".py"): text for name, text in hand_written().items()}, RULES)

    return kept("bundles", {**makers(), "python": python_version()}, make)


@cache
def hand_written() -> Mapping[str, str]:
    """Return the text of each hand-written module of a package by the name of its file."""
    parent = __package__ or ""
    found = {}
    for folder in BUNDLES:
        texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.py")}
        found[f"{folder.name}.py"] = _told(folder, bundled(texts, f"{parent}.{folder.name}", parent))
    for module in COPIED:
        text = module.read_text("utf-8")
        found[module.name] = re.sub(rf"^from {parent}\.(\w+)\.\w+", r"from .\1", text, flags=re.MULTILINE)
    return {name: _NOQA.sub("", text) for name, text in found.items()}


def _told(folder: Path, text: str) -> str:
    """Return the module `text` with a comment below its docstring that says where it was made from."""
    where = "/".join(folder.parts[-3:])
    comment = f"# Made of the modules in {where}, where every function is explained."
    return text.replace('"""\n', f'"""\n\n{comment}\n\n', 1)


def bundled(texts: Mapping[str, str], package: str, parent: str) -> str:
    """Return the text of the module that is made of those whose `texts` are given by name, which are in `package`.

    They import modules of their own and of others in the package `parent` by names that start with that, or `..` for
    it. What they define and import has to have different names. Of our own modules, only those that users call keep
    their docstrings.
    """
    modules = {name: _read(name, texts[name], package, parent) for name in sorted(texts)}
    first = modules.pop("__init__")
    ordered = [modules[name] for name in _ordered(modules)]
    for_types = sorted({line for each in ordered for line in each.for_types})
    return "\n".join(
        [
            f'"""{first.doc}"""',
            "from __future__ import annotations",
            *dict.fromkeys(line for each in ordered for line in each.imports),
            *(["if TYPE_CHECKING:"] if for_types else []),
            *(f"    {line}" for line in for_types),
            *_distinct(ordered),
            first.body,
        ]
    )


def _distinct(modules: Sequence[_Module]) -> Iterator[str]:
    """Yield the text of each module; a type variable of several of them once."""
    seen: set[str] = set()
    for module in modules:
        yield "\n\n" + "\n".join(f"# {line}" for line in wrap(" ".join(module.doc.split()), _WIDTH)) + "\n"
        for line in module.body.splitlines():
            if line not in seen:
                yield line
            if " = TypeVar(" in line:
                seen.add(line)


def _read(name: str, text: str, package: str, parent: str) -> _Module:
    text = _UP.sub(lambda up: f"{up[1]}{parent}{'.' if up[2] else ''}", text)
    lines = text.splitlines()
    if parent == __package__ and not {name, package.removeprefix(f"{parent}.")} & _FOR_USERS:
        tree = ast.parse(text)
        _drop_docstrings(tree, lines)
    else:
        definition = _DEFINITION.search(text)
        tree = ast.parse(text if definition is None else text[: definition.start()])
    internal: set[str] = set()
    imports: list[str] = []
    for_types: list[str] = []
    for node in tree.body:
        guarded = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        statements = node.body if isinstance(node, ast.If) and guarded else [node]
        is_doc = node is tree.body[0] and isinstance(node, ast.Expr)
        if not is_doc and not all(isinstance(each, (ast.Import, ast.ImportFrom)) for each in statements):
            continue
        lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
        for each in [] if is_doc else statements:
            module = each.module if isinstance(each, ast.ImportFrom) and each.module else ""
            if module.startswith(f"{package}."):
                internal |= set() if guarded else {module.removeprefix(f"{package}.").partition(".")[0]}
            elif f"{module}.".startswith(f"{parent}."):
                (for_types if guarded else imports).append(_relative(each, parent))
            elif module != "__future__":
                (for_types if guarded else imports).append(ast.unparse(each))
    doc = ast.get_docstring(tree) or ""
    return _Module(name, doc, "\n".join(lines).strip("\n"), frozenset(internal), tuple(imports), tuple(for_types))


def _drop_docstrings(tree: ast.Module, lines: list[str]) -> None:
    """Blank the docstrings of functions and classes out of `lines`, unless there is nothing else in them."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and len(node.body) > 1:
            first = node.body[0]
            if isinstance(first, ast.Expr) and ast.get_docstring(node) is not None and first.end_lineno is not None:
                lines[first.lineno - 1 : first.end_lineno] = [""] * (first.end_lineno - first.lineno + 1)


def _relative(statement: ast.stmt, parent: str) -> str:
    """Return an import from a module of a neighbouring folder as one from the module that is made of that folder."""
    if not isinstance(statement, ast.ImportFrom) or statement.module is None:
        raise TypeError(ast.unparse(statement))
    room = statement.module.removeprefix(parent).removeprefix(".").partition(".")[0]
    return f"from .{room} import {', '.join(map(ast.unparse, statement.names))}"


def _ordered(modules: Mapping[str, _Module]) -> list[str]:
    """Return the names of the modules, each after those that it imports, unless these import it in turn."""
    found: dict[str, None] = {}
    begun: set[str] = set()
    # The modules whose imports are being looked at; there may be more than Python calls functions in one another.
    waiting = list(modules)[::-1]
    while waiting:
        name = waiting[-1]
        inner = [] if name in begun else sorted(modules[name].internal - begun, reverse=True)
        begun.add(name)
        if inner:
            waiting += inner
        else:
            found.setdefault(waiting.pop())
    return list(found)
