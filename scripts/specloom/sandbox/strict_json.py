"""Parse JSON as RFC 8259 has it, refusing what Python's parser lets pass."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

MAX_DEPTH: Final = 64


def parse(body: bytes) -> Any:
    """Return the JSON value of `body`; raise ValueError, with a message for people, when it has none.

    Refused besides malformed text: bytes that are not UTF-8, NaN and infinities, numbers beyond a double, a member
    given twice (RFC 8259 section 4 leaves its meaning open), lone surrogates, more than 64 levels.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("the body is not UTF-8") from None
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the body is not JSON: {error.msg} at line {error.lineno}") from None
    # Most bodies can hold neither more levels nor a surrogate, so that there is nothing to look for.
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH or b"\\u" in body:
        _check(value, MAX_DEPTH)
    return value


_TOO_DEEP: Final = f"the body has more than {MAX_DEPTH} levels"


def _check(value: Any, levels: int) -> None:
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value)
    elif isinstance(value, (dict, list)):
        if levels == 0:
            raise ValueError(_TOO_DEEP)
        if isinstance(value, dict):
            for name in value:
                _check_text(name)
        for child in value.values() if isinstance(value, dict) else value:
            _check(child, levels - 1)


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the body has a lone surrogate") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise ValueError(f"the body has the member {twice!r} twice")
    return members


def _constant(text: str) -> NoReturn:
    raise ValueError(f"the body is not JSON: {text} is no number")


def _float(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(f"the body has the number {text[:20]}, which is too large")
    return number


def _int(text: str) -> int | float:
    # Python refuses to read an int of thousands of digits; a double is what most other readers make of it.
    return int(text) if len(text) < 400 else _float(text)  # noqa: PLR2004 - longer ones exceed a double


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_members, parse_constant=_constant, parse_float=_float, parse_int=_int
)
