"""Write the table of the commands of a package, from which its command line is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

import attrs

from specloom.generate.facade import Facade, Group, Method
from specloom.generate.facade.naming import free
from specloom.generate.facade.plan import Argument
from specloom.generate.naming import Names
from specloom.generate.tooling.templates import render
from specloom.spec import Api

_OPTIONS: Final = frozenset(
    {"attempts", "base-url", "deadline", "environment", "help", "json", "null", "timeout", "validate"}
)
"""The options of every command, which no argument of an operation may be called like."""

_JSON: Final = ("calling.ANYTHING", "calling.instance")
_LIST: Final = "calling.list_of"
_FILE: Final = "commandline.FILE"


@attrs.frozen
class Row:
    """An argument as it stands in the table; the attributes are those of `commandline.table.Argument`."""

    name: str
    flag: str
    help: str
    required: bool
    choices: tuple[str, ...]
    list: bool
    nullable: bool


@attrs.frozen
class Command:
    """A command as it stands in the table; `readers` has the code that reads each argument, by its name."""

    group: str
    name: str
    function: str
    summary: str
    description: str
    rows: tuple[Row, ...]
    imports: tuple[str, ...]
    readers: dict[str, str]


def command_modules(api: Api, facade: Facade, names: Names) -> dict[str, str]:
    """Return `commands.py` and `__main__.py` of a package, unformatted."""
    commands: list[Command] = []
    for group, method in facade.methods:
        command = _command(api, facade, group, method)
        # `list_all` of `pets` and `all` of `pets_list` are two functions.
        name = free(command.function, {each.function for each in commands})
        commands.append(attrs.evolve(command, function=name))
    groups = {group.name: " ".join(group.description.split()) or group.tag for group in facade.groups}
    return {
        "commands.py": render("commands.py", commands=commands, facade=facade, groups=groups, names=names),
        "__main__.py": render("__main__.py"),
    }


def _command(api: Api, facade: Facade, group: Group, method: Method) -> Command:
    operation = method.operation
    source = f'{operation.label}, from the page "{operation.page}".' if operation.page else f"{operation.label}."
    inputs = [each.name for credential in facade.credentials for each in credential.inputs]
    taken = {*_OPTIONS, *(f"{_dashed(name)}-file" for name in inputs)}
    kinds = [argument.kind for argument in method.arguments]
    readers = {each.name: each.kind.code.replace("calling.", "commandline.") for each in method.arguments}
    imports = {statement for kind in kinds for statement in kind.imports}
    if any(_FILE in code for code in readers.values()):
        imports.add("from .types import File")
    return Command(
        group=group.name,
        name=method.name,
        function=f"_{group.name}_{method.name}",
        summary=" ".join(operation.summary.split()) or operation.label,
        description="\n\n".join(text for text in (operation.description.strip(), source) if text),
        rows=tuple(_rows(api, method, taken)),
        imports=tuple(sorted(imports)),
        readers={name: code.replace(_FILE, "commandline.file_of(File)") for name, code in readers.items()},
    )


def _rows(api: Api, method: Method, taken: set[str]) -> Iterator[Row]:
    for argument in method.arguments:
        plain = _dashed(argument.name).strip("-")
        name = free_flag(plain, argument.location, taken)
        taken.add(name)
        yield Row(
            name=argument.name,
            flag=plain if argument.positional else f"--{name}",
            help=_help(argument),
            required=argument.required,
            choices=tuple(_choices(api, argument)),
            list=_LIST in argument.kind.code,
            nullable=argument.nullable,
        )


def free_flag(name: str, location: str, taken: Collection[str]) -> str:
    """Return `name`, with `location` in front where it is among `taken`: `timeout` in a query is `query-timeout`."""
    return name if name not in taken else free(f"{location}_{name}".replace("-", "_"), taken).replace("_", "-")


def _choices(api: Api, argument: Argument) -> Iterator[str]:
    """Yield the values that the schema of an argument, or of its elements, lists; none when they are not all texts."""
    schema: Any = argument.schema
    if schema.get("type") == "array" and argument.schema_pointer and isinstance(schema.get("items"), dict):
        _, schema = api.document.resolve(f"{argument.schema_pointer}/items")
    values = [value for value in schema.get("enum", ()) if value is not None]
    if all(isinstance(value, str) for value in values):
        yield from values


def _help(argument: Argument) -> str:
    text = argument.description or f"{argument.source or 'The body'}, in the {argument.location} of the request."
    is_json = any(each in argument.kind.code for each in _JSON)
    return f"{text} Given as JSON." if is_json else text


def _dashed(name: str) -> str:
    return name.replace("_", "-")
