"""Parse the JSON of an answer as RFC 8259 has it, with nothing that parsers differ on."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn


def parse_json(content: bytes) -> Any:
    """Return the JSON value of `content`.

    Raises ValueError, saying what is wrong, at bytes that are not UTF-8 (RFC 8259, 8.1), NaN or an infinity (6), a
    member that is given twice (4), and whatever else is no JSON.
    """
    try:
        return _DECODER.decode(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno}") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("an object has a member twice")
    return members


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_constant)
