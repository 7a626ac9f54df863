"""Run a command line: read it, call the operation, print what comes back."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from specloom.generate.commandline.failures import exit_code, lines
from specloom.generate.commandline.parsing import ARGUMENT, NULL_OPTION, Parser, make_parser
from specloom.generate.commandline.table import Argument, Command, Program
from specloom.generate.commandline.view import shown
from specloom.generate.runtime.errors import ApiError
from specloom.generate.runtime.options import RetryPolicy
from specloom.generate.runtime.responses import Response


def run(program: Program, arguments: Sequence[str] | None = None) -> int:
    """Run `program` with `arguments`, those of the process if None; return the exit status (failures.EXIT_CODES).

    Raises SystemExit for `--help`, and with status 2 when the command line is wrong.
    """
    try:
        try:
            return _run(program, arguments)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; a request that was sent may have been applied.\n")
        return 130
    except BrokenPipeError:
        # What is left to print when the process ends must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _run(program: Program, arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a letter shows its number.
            stream.reconfigure(errors="backslashreplace")
    parsed = make_parser(program, _prog(program), _version(program)).parse_args(arguments)
    command: Command = parsed.command
    parser: Parser = parsed.parser
    try:
        values = dict(_values(command, parsed))
        client = getattr(import_module(program.package), program.client)(**dict(_settings(program, parsed)))
        with client:
            method = getattr(getattr(client, command.group), f"{command.name}_with_response")
            response: Response[Any] = method(**values)
    except ApiError as error:
        for line in lines(error):
            sys.stderr.write(f"{parser.prog}: {line}\n")
        return exit_code(error)
    except (ImportError, ValueError) as error:
        parser.error(str(error))
    if isinstance(response.parsed, bytes):
        sys.stdout.buffer.write(response.parsed)
    else:
        sys.stdout.write(shown(response, as_json=parsed.json))
    return 0


def _values(command: Command, parsed: Namespace) -> Iterator[tuple[str, Any]]:
    """Yield each given argument of the method. Raises ValueError for one that cannot be read."""
    readers = command.readers()
    given = vars(parsed)
    for argument in command.arguments:
        text = given[ARGUMENT + argument.name]
        if argument.flag.strip("-") in given.get(NULL_OPTION, ()):
            yield argument.name, None
        elif text is not None:
            try:
                reader = readers[argument.name]
                yield argument.name, reader.from_texts(text) if argument.list else reader.from_text(text)
            except ValueError as error:
                raise ValueError(f"{_called(argument)}: {error}") from None


def _settings(program: Program, parsed: Namespace) -> Iterator[tuple[str, Any]]:
    """Yield the arguments of the client. Raises ValueError for a file that cannot be read."""
    given = vars(parsed)
    for name in ("environment", "base_url", "timeout", "deadline"):
        if given.get(name) is not None:
            yield name, given[name]
    if parsed.attempts is not None:
        yield "retries", RetryPolicy(attempts=parsed.attempts)
    yield "validate", parsed.validate
    for each in program.credentials:
        if given[f"{each.name}_file"] is not None:
            yield each.name, _secret(given[f"{each.name}_file"])


def _secret(file: str) -> str:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}") from None
    return text.rstrip("\r\n")


def _called(argument: Argument) -> str:
    return argument.flag if argument.flag.startswith("--") else argument.flag.upper()


def _prog(program: Program) -> str:
    name = Path(sys.argv[0]).name
    return f"python -m {program.package}" if name == "__main__.py" else program.name


def _version(program: Program) -> str:
    try:
        return version(program.distribution)
    except PackageNotFoundError:
        return "(not installed)"
