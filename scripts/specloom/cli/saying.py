"""Say things that hold text of others."""

from __future__ import annotations

import click


def printable(text: str) -> str:
    """Return text of others without control characters, which could steer a terminal."""
    return "".join(each if each.isprintable() or each == "\n" else "\ufffd" for each in text)


def say(text: str, *, err: bool = False) -> None:
    """Print a message, to standard error if `err`."""
    click.echo(printable(text), err=err)
