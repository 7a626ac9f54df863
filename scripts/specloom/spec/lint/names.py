"""The rule on the names that a spec gives to parts of the client."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Final

from specloom.spec import pointer as json_pointer
from specloom.spec.lint.subject import Breach, Subject
from specloom.spec.walking import walk

_PASCAL_CASE: Final = re.compile(r"[A-Z][A-Za-z0-9]*", re.ASCII)
_SNAKE_CASE: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def names_fit_what_they_name(subject: Subject) -> Iterator[Breach]:
    """S36; that servers have names, and different ones, is S25."""
    servers = {("servers", str(index)) for index in range(len(subject.api.servers))}
    operations = {tuple(json_pointer.split(each.pointer)): each for each in subject.api.operations}
    taken: dict[tuple[str, str], str] = {}
    for tokens, value in walk(subject.data):
        name = value.get("x-name")
        if name is None:
            continue
        pointer = json_pointer.join(*tokens, "x-name")
        if tokens not in {("info",), *servers, *operations}:
            yield Breach(pointer, "nothing here is called by a name", "remove it, or move it to info or an operation")
        elif tokens == ("info",) and not _PASCAL_CASE.fullmatch(name):
            yield Breach(pointer, f"{name!r} is not PascalCase", "write it like a class, as in PetStore")
        elif tokens != ("info",) and not _SNAKE_CASE.fullmatch(name):
            yield Breach(pointer, f"{name!r} is not lower case", "write it like a function, as in hold_all")
        elif keyword.iskeyword(name):
            yield Breach(pointer, f"{name!r} is a keyword of Python", "take another word")
        elif tokens in operations:
            operation = operations[tokens]
            if (operation.tag, name) in taken:
                message = f"{taken[operation.tag, name]} is called {name!r} too"
                yield Breach(pointer, message, "give each operation of a tag a name of its own")
            taken[operation.tag, name] = operation.label
