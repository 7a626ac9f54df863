"""Write JSON values as compact YAML that people can read and compare line by line."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_WIDTH: Final = 120
# Words that every YAML reader takes for a string when they stand alone; not the ones that some take for booleans.
_PLAIN: Final = re.compile(r"[A-Za-z_$/][A-Za-z0-9_$./-]*")
# YAML 1.2.2, 5.1: what has to be escaped, and what some readers take for a line break or a byte order mark.
_UNPRINTABLE: Final = re.compile(
    "[^\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_RESERVED: Final = re.compile(r"true|false|null|yes|no|on|off|y|n|inf|nan", re.IGNORECASE)


def entry(key: str, value: Any, indent: int) -> str:
    """Return `key: value` and a line break, indented by `indent` spaces; a value that does not fit is broken up."""
    head = f"{' ' * indent}{plain(key)}: "
    return f"{head}{_flow(value, indent, len(head))}\n"


def plain(text: str) -> str:
    """Return a string as YAML, quoted only where it has to be."""
    if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
        return text
    return _UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(text, ensure_ascii=False))


def _flow(value: Any, indent: int, used: int) -> str:
    short = _short(value)
    if used + len(short) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return short
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        lines = [f"{plain(name)}: {_flow(each, indent + 2, indent + len(name) + 6)}" for name, each in value.items()]
        return "{\n" + ",\n".join(inner + line for line in lines) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + _flow(each, indent + 2, indent + 2) for each in value) + "\n" + " " * indent + "]"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{plain(name)}: {_short(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_short(each) for each in value) + "]"
    return plain(value) if isinstance(value, str) else json.dumps(value)
