"""The command lines that call the operations of a package with the examples of its spec."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from specloom.spec import Api, Operation

LISTING: Final = """\
import json, sys
from importlib import import_module, resources
program = import_module(sys.argv[1] + ".commands").PROGRAM
examples = json.loads(resources.files(sys.argv[1]).joinpath("examples.json").read_text("utf-8"))
names = {each["name"]: each["id"] for each in examples["operations"]}
print(json.dumps([
    [names[f"{each.group}.{each.name}"], each.group, each.name, {one.name: one.flag for one in each.arguments}]
    for each in program.commands
]))
"""
"""A program that prints, for the package it is given, what `listed` reads."""

_SEPARATORS: Final = re.compile(r"[\W_]+")


@attrs.frozen
class Command:
    """A command: the id of its operation, the words that choose it, and the flags of its arguments by name."""

    operation: str
    words: tuple[str, str]
    flags: Mapping[str, str]


def listed(printed: str) -> list[Command]:
    """Read what the program `LISTING` printed."""
    return [
        Command(operation, (_dashed(group), _dashed(name)), flags)
        for operation, group, name, flags in json.loads(printed)
    ]


def command_line(api: Api, command: Command) -> list[str]:
    """Return the words and arguments that call the operation of `command` with the first examples of its spec."""
    operation = next(each for each in api.operations if each.id == command.operation)
    given = {_plain(name): value for name, value in _examples(operation)}
    positional, named = [], []
    for name, flag in command.flags.items():
        value = given.get(_plain(name))
        if value is None:
            continue
        text = value if isinstance(value, str) else json.dumps(value)
        if flag.startswith("--"):
            named.append(f"{flag}={text}")
        else:
            positional.append(text)
    return [*command.words, *named, *positional]


def _examples(operation: Operation) -> Iterator[tuple[str, Any]]:
    for parameter in operation.parameters:
        yield from ((parameter.name, each.value) for each in parameter.examples[:1])
    bodies = [] if operation.body is None else operation.body.media_types
    for example in [example for media_type in bodies for example in media_type.examples][:1]:
        yield "body", example.value
        if isinstance(example.value, dict):
            yield from example.value.items()


def _dashed(name: str) -> str:
    return name.strip("_").replace("_", "-")


def _plain(name: str) -> str:
    """Return what the name of an argument and the name in the spec, from which it was made, have in common."""
    return _SEPARATORS.sub("", name).lower()
