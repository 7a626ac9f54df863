"""Write a draft as YAML in the style of the specs, with comments where somebody has to decide."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.pages.flow import plain

_WIDTH: Final = 120
# A sentence that YAML takes for a string as it stands: no ": ", no " #", no quote or sign in front.
_SENTENCE: Final = re.compile(r"(?!.*(?::\s|:$|\s#|\s$))[A-Z][\w ,.;:()/'?=&*-]*", re.ASCII)


_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
_URL: Final = re.compile(r"https?://[\w./-]+", re.ASCII)


@attrs.frozen
class Todo:
    """A comment; it stands in a dict as a key without a value."""

    text: str


def write(document: dict[Any, Any]) -> str:
    """Return a draft as text; equal dicts give equal texts."""
    return "\n".join(_mapping(document, 0)) + "\n"


def _mapping(value: dict[Any, Any], indent: int) -> Iterator[str]:
    for key, each in value.items():
        if isinstance(key, Todo):
            yield from _comment(key, indent)
        else:
            yield from _entry(f"{' ' * indent}{_key(key)}:", each, indent)


def _comment(todo: Todo, indent: int) -> Iterator[str]:
    mark = f"{' ' * indent}# "
    yield from textwrap.wrap(f"TODO: {todo.text}", _WIDTH, initial_indent=mark, subsequent_indent=mark)


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _mapping(value, indent + 2)
    elif isinstance(value, list) and any(isinstance(each, dict | list) and each for each in value):
        yield head
        for each in value:
            yield from _element(each, indent + 2)
    else:
        short = _flow(value)
        if isinstance(value, list) and len(head) + len(short) >= _WIDTH:
            yield head
            yield from (f"{' ' * (indent + 2)}- {_flow(each)}" for each in value)
        elif isinstance(value, str) and len(head) + len(short) >= _WIDTH and _is_prose(value):
            yield f"{head} >-"
            mark = " " * (indent + 2)
            yield from textwrap.wrap(value, _WIDTH, initial_indent=mark, subsequent_indent=mark)
        else:
            yield f"{head} {short}"


def _element(value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        first, *rest = _mapping(value, indent + 2)
        yield f"{' ' * indent}- {first[indent + 2 :]}"
        yield from rest
    elif isinstance(value, list):
        yield f"{' ' * indent}- {_flow(value)}"
    else:
        yield f"{' ' * indent}- {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) if not isinstance(each, str) else _word(each) for each in value) + "]"
    if isinstance(value, str):
        return value if _SENTENCE.fullmatch(value) and _is_safe(value) else _word(value)
    return json.dumps(value)


def _key(key: str) -> str:
    return f"'{key}'" if key.isascii() and key.isdigit() else plain(key)


def _word(text: str) -> str:
    """Return a string as it stands in a list: bare, in single quotes where these need no escapes, or as JSON."""
    if _VERSION.fullmatch(text) or _URL.fullmatch(text):
        return text
    bare = plain(text)
    return bare if bare == text or not re.fullmatch(r"[\x20-\x26\x28-\x7e]*", text) else f"'{text}'"


def _is_safe(text: str) -> bool:
    return plain(text) == text or " " in text


def _is_prose(text: str) -> bool:
    return text.isprintable() and " ".join(text.split()) == text and not text.startswith(("#", "-"))
