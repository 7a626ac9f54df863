"""Turn the table of commands into a parser of command lines."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from specloom.generate.commandline.failures import EXIT_CODES
from specloom.generate.commandline.table import Argument, Command, Program

ARGUMENT: Final = "argument "
"""What stands before the name of an argument of the operation in the parsed command line, and before no option's."""
NULL_OPTION: Final = "null"
"""The option that sends null for arguments."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line and where help is in another."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings of argparse; texts keep their lines, and options are not abbreviated."""
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        self.exit(2, f"{self.prog}: {message}\nTry: {self.prog} --help\n")


def make_parser(program: Program, prog: str, version: str) -> Parser:
    """Return the parser of `program` as it is called by `prog`; what it parses has `command` and `parser`."""
    parser = Parser(prog=prog, description=f"Call {program.title}.", epilog=_epilog(program))
    parser.add_argument("--version", action="version", version=f"{program.distribution} {version}")
    groups = parser.add_subparsers(metavar="GROUP", required=True, title="groups")
    for name, description in program.groups.items():
        group = groups.add_parser(_dashed(name), help=_help(description), description=description)
        commands = group.add_subparsers(metavar="COMMAND", required=True, title="commands")
        for command in program.commands:
            if command.group == name:
                _add(program, commands, command)
    return parser


def _add(program: Program, commands: Any, command: Command) -> None:
    parser: Parser = commands.add_parser(
        _dashed(command.name),
        help=_help(command.summary),
        description=command.description,
        epilog="A value that is JSON may be given as @file, the name of a file that holds it.",
    )
    parser.set_defaults(command=command, parser=parser)
    _add_arguments(parser.add_argument_group("request"), command)
    settings = parser.add_argument_group("call")
    if program.environments:
        settings.add_argument(
            "--environment",
            choices=list(program.environments),
            help=_help("Which server to call: " + _described(program.environments)),
        )
    settings.add_argument("--base-url", metavar="URL", help="The URL of another server, such as a sandbox.")
    for each in program.credentials:
        flag = f"--{_dashed(each.name)}-file"
        text = f"The file to read the {each.name.replace('_', ' ')} from, - for standard input, not {each.variable}."
        settings.add_argument(flag, dest=f"{each.name}_file", metavar="FILE", help=text)
    settings.add_argument("--timeout", type=_seconds, metavar="SECONDS", help="How long to wait for each step.")
    settings.add_argument("--deadline", type=_seconds, metavar="SECONDS", help="How long the whole call may take.")
    settings.add_argument("--attempts", type=_count, metavar="N", help="How often to send the request at most.")
    settings.add_argument("--validate", action="store_true", help="Check the request against the spec first.")
    settings.add_argument("--json", action="store_true", help="Print the answer as JSON.")


def _add_arguments(group: Any, command: Command) -> None:
    for argument in command.arguments:
        settings: dict[str, Any] = {"help": _help(_told(argument))}
        if argument.choices:
            settings["choices"] = list(argument.choices)
        if argument.list:
            settings["action"] = "append"
        if argument.flag.startswith("--"):
            metavar = argument.flag.strip("-").upper().replace("-", "_")
            group.add_argument(
                argument.flag,
                dest=ARGUMENT + argument.name,
                required=argument.required,
                metavar=None if argument.choices else metavar,
                **settings,
            )
        else:
            group.add_argument(ARGUMENT + argument.name, metavar=argument.flag.upper(), **settings)
    nullable = [argument.flag.strip("-") for argument in command.arguments if argument.nullable]
    if nullable:
        text = f"Send null for this: {', '.join(nullable)}."
        group.add_argument("--null", action="append", dest=NULL_OPTION, default=[], choices=nullable, help=text)


def _told(argument: Argument) -> str:
    return f"{argument.help} May be given several times.".lstrip() if argument.list else argument.help


def _epilog(program: Program) -> str:
    variables = {each.variable: each.description for each in program.credentials}
    if program.environments:
        variables[f"{program.prefix}_ENVIRONMENT"] = "What --environment says otherwise."
    variables[f"{program.prefix}_BASE_URL"] = "What --base-url says otherwise."
    return "\n".join(
        [
            "environment variables:",
            *(f"  {name:<24} {text}" for name, text in variables.items()),
            "",
            "exit status:",
            *(f"  {code:<4} {text}" for code, text in EXIT_CODES.items()),
        ]
    )


def _described(named: Mapping[str, str]) -> str:
    return "; ".join(f"{name} ({text})" if text else name for name, text in named.items())


def _dashed(name: str) -> str:
    return name.strip("_").replace("_", "-")


def _help(text: str) -> str:
    return text.replace("%", "%%")


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("must be a number of seconds above 0")
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise argparse.ArgumentTypeError("must be a whole number above 0")
    return int(text[:9])
