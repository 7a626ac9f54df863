"""Name the class, the groups and the methods of a client (specs/README.md, x-name)."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from openapi_python_client.strings import snake_case

from specloom.spec import Api, Operation

_WORDS: Final = re.compile(r"[^\W_]+")
WITH_RESPONSE: Final = "_with_response"
"""What the name of a method ends with that gives the whole response."""


def class_name(api: Api) -> str:
    """Return the name of the client class: the `x-name` of info, or the words of the title, each with one capital."""
    if api.class_name is not None and api.class_name.isidentifier() and not keyword.iskeyword(api.class_name):
        return api.class_name
    name = pascal_case(api.title) or pascal_case(api.name)
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"Api{name}"


def pascal_case(text: str) -> str:
    """Return the words of `text`, each with one capital: `PetSHOP orders` gives `PetshopOrders`."""
    return "".join(word.capitalize() for word in _WORDS.findall(text))


def environment_prefix(api: Api) -> str:
    """Return what the names of the environment variables of the API start with: `pet-store` gives `PET_STORE`."""
    return api.name.replace("-", "_").upper()


def attribute(text: str, taken: Collection[str]) -> str:
    """Return `text` in snake case as the name of an attribute that is no keyword and not among `taken`."""
    return free(snake_case(text) or "default", taken)


def free(name: str, taken: Collection[str]) -> str:
    """Return `name` as an identifier, with underscores appended while it is a keyword or among `taken`."""
    name = name if name.isidentifier() else f"n{name}"
    while keyword.iskeyword(name) or name in taken:
        name += "_"
    return name


def method_names(operations: Sequence[Operation]) -> dict[str, str]:
    """Return the method name of each of the operations of a tag by operationId.

    It is the `x-name`, or the operationId in snake case without the words of the tag in singular or plural. The whole
    operationId stays where nothing is left of it, a keyword, or what another method of the group is called.
    """
    names = {each.id: _short(each) for each in operations}
    counts = Counter(names.values())
    given = {each.id for each in operations if each.method_name == names[each.id]}
    for each in operations:
        name = names[each.id]
        if each.id not in given and (counts[name] > 1 or not name.isidentifier() or keyword.iskeyword(name)):
            names[each.id] = snake_case(each.id)
    return _distinct(names)


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """Append underscores where two methods, or one and the twin of another that gives the response, have one name."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for operation, wanted in names.items():
        name = free(wanted, taken)
        while f"{name}{WITH_RESPONSE}" in taken:
            name = free(f"{name}_", taken)
        taken |= {name, f"{name}{WITH_RESPONSE}"}
        found[operation] = name
    return found


def _short(operation: Operation) -> str:
    if operation.method_name is not None and not keyword.iskeyword(operation.method_name):
        return operation.method_name
    of_tag = snake_case(operation.tag).split("_")
    words = snake_case(operation.id).split("_")
    return "_".join(word for word in words if not any(_same(word, other) for other in of_tag))


def _same(word: str, other: str) -> bool:
    """Whether two words are one, in singular or plural."""
    return word in _forms(other) or other in _forms(word)


def _forms(word: str) -> Iterable[str]:
    return {word, f"{word}s", f"{word}es", *([f"{word[:-1]}ies"] if word.endswith("y") else [])}
