"""The commands of a program as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from specloom.generate.commandline.readers import Reader


@attrs.frozen
class Argument:
    """An argument of a command: `name` in Python, `flag` on the command line (`--note`, or `id` given by position).

    `list` says that it may be given several times, `nullable` that null can be sent.
    """

    name: str
    flag: str
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    list: bool = False
    nullable: bool = False


@attrs.frozen
class Command:
    """A method of the client: attribute `group`, `name`, and how the texts of its arguments are read.

    `readers` imports what it takes to read them, so that other commands and `--help` do without.
    """

    group: str
    name: str
    summary: str
    description: str
    arguments: tuple[Argument, ...]
    readers: Callable[[], Mapping[str, Reader]]


@attrs.frozen
class Credential:
    """An argument of the client that is a credential, the environment variable that gives it, and what it is."""

    name: str
    variable: str
    description: str


@attrs.frozen
class Program:
    """The command line of the package `package`, whose client is `client`; `name` is that of the installed script.

    `groups` and `environments` have a description for each name; `prefix` starts the environment variables.
    """

    name: str
    package: str
    distribution: str
    client: str
    title: str
    prefix: str
    groups: Mapping[str, str]
    environments: Mapping[str, str]
    credentials: tuple[Credential, ...]
    commands: tuple[Command, ...]
