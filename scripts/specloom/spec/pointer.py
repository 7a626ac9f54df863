"""JSON Pointers (RFC 6901), and pointers with `*` for every element, into JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote


def split(pointer: str) -> list[str]:
    """Return the unescaped tokens of `pointer`; raise LookupError when it does not start with `/`."""
    return list(_tokens(pointer))


@lru_cache(maxsize=4096)
def _tokens(pointer: str) -> tuple[str, ...]:
    if pointer == "":
        return ()
    if not pointer.startswith("/"):
        message = f"a JSON Pointer starts with '/': {pointer!r}"
        raise LookupError(message)
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def join(*tokens: str) -> str:
    """Return the pointer made of unescaped `tokens`."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)


def from_fragment(reference: str) -> str:
    """Return the pointer of a `#/…` reference, percent-decoded (RFC 6901 section 6)."""
    return unquote(reference.removeprefix("#"))


def get(value: Any, pointer: str) -> Any:
    """Return what stands at `pointer` in `value`; raise LookupError when nothing does."""
    return walk(value, _tokens(pointer))


def walk(value: Any, tokens: Sequence[str]) -> Any:
    """Return what the unescaped `tokens` of a pointer lead to in `value`; raise LookupError when that is nothing."""
    for token in tokens:
        if isinstance(value, dict):
            value = value[token]
        elif isinstance(value, list) and token.isascii() and token.isdigit() and str(int(token)) == token:
            value = value[int(token)]
        else:
            raise LookupError(token)
    return value


def find(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Yield (pointer, value) for everything that `pointer` matches, where the token `*` stands for every element."""
    tokens = _tokens(pointer)
    if "*" not in tokens:
        try:
            found = walk(value, tokens)
        except LookupError:
            return
        yield pointer, found
        return
    matches: list[tuple[list[str], Any]] = [([], value)]
    for token in tokens:
        matches = [
            ([*path, name], child)
            for path, parent in matches
            for name, child in _children(parent)
            if token in {"*", name}
        ]
    for path, found in matches:
        yield join(*path), found


def put(value: Any, pointer: str, new: Any) -> None:
    """Write `new` at `pointer` in `value`, making the objects on the way; the last token `-` appends to an array."""
    *parents, last = _tokens(pointer)
    for token in parents:
        value = value.setdefault(token, {}) if isinstance(value, dict) else value[int(token)]
    _write(value, last, new)


def replaced(value: Any, pointer: str, new: Any) -> Any:
    """Return `value` with `new` written at `pointer` as by `put`; what it leads through is copied, all else shared."""
    if not pointer:
        return new
    value = value.copy()
    put_copied(value, pointer, new)
    return value


def put_copied(value: Any, pointer: str, new: Any) -> None:
    """Write `new` at `pointer` in `value` as `put` does, but into copies of what stands below `value` on the way."""
    *parents, last = _tokens(pointer)
    for token in parents:
        if isinstance(value, dict):
            child = value.get(token)
            value[token] = child = {} if child is None else child.copy()
        else:
            value[int(token)] = child = value[int(token)].copy()
        value = child
    _write(value, last, new)


def _write(value: Any, last: str, new: Any) -> None:
    if isinstance(value, dict):
        value[last] = new
    elif last == "-":
        value.append(new)
    else:
        value[int(last)] = new


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield str(index), child
