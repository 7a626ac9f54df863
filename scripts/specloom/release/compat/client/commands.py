"""Compare the command lines of two packages: commands and their options."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import attrs
import griffe

from specloom.release.compat.change import Change, Severity
from specloom.release.compat.client.finding import Pair
from specloom.release.compat.client.package import Package


@attrs.frozen
class Option:
    """An option or an argument of a command."""

    required: bool
    values: tuple[str, ...]


def command_changes(base: Package, revision: Package) -> Iterator[Change]:
    """Yield what changed in the command line that the package brings."""
    old, new = _commands(base), _commands(revision)
    program = base.module["commands"].members.get("PROGRAM"), revision.module["commands"].members.get("PROGRAM")
    for name in [*old, *(name for name in new if name not in old)]:
        pair = Pair(f"command {name}", program[0] if name in old else None, program[1] if name in new else None)
        if name not in new:
            why = "a script that calls it ends with an error"
            yield pair.broken("client-command-removed", "it is gone", why)
        elif name not in old:
            yield pair.added("client-command-added", "it is new")
        else:
            yield from _option_changes(pair, old[name], new[name])


def _option_changes(pair: Pair, old: dict[str, Option], new: dict[str, Option]) -> Iterator[Change]:
    why = "a script that calls the command without it ends with an error"
    for name in [*old, *(name for name in new if name not in old)]:
        inside = f" {name}"
        if name not in new:
            gone = "a script that gives it ends with an error"
            yield pair.broken("client-option-removed", "it is gone", gone, inside=inside)
        elif name not in old and new[name].required:
            yield pair.broken("client-required-option-added", "it is new, and has to be given", why, inside=inside)
        elif name not in old:
            yield pair.change("client-option-added", Severity.ADDITIVE, "it is new", inside=inside)
        else:
            if new[name].required and not old[name].required:
                yield pair.broken("client-option-became-required", "it has to be given now", why, inside=inside)
            gone_values = [value for value in old[name].values if value not in new[name].values]
            if new[name].values and gone_values:
                message = f"it no longer takes {', '.join(gone_values)}"
                refused = "a script that gives this value ends with an error"
                yield pair.broken("client-option-value-removed", message, refused, inside=inside)


def _commands(package: Package) -> dict[str, dict[str, Option]]:
    """Return the options of each command by name, as in `orders cancel`."""
    program = package.module["commands"].members.get("PROGRAM")
    code = str(program.value) if isinstance(program, griffe.Attribute) else ""
    return {
        f"{_text(call.args[0])} {_text(call.args[1])}": dict(_options(call))
        for call in _calls(ast.parse(code), "Command")
    }


def _options(command: ast.Call) -> Iterator[tuple[str, Option]]:
    for call in _calls(command, "Argument"):
        given = {each.arg: each.value for each in call.keywords}
        choices = given.get("choices")
        values = tuple(map(_text, choices.elts)) if isinstance(choices, ast.Tuple) else ()
        yield _text(call.args[1]), Option("required" in given, values)


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)
