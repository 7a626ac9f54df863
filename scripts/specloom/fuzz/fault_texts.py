"""Read from a value in an error body what its template in `x-faults` wrote there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

_EXPRESSION: Final = re.compile(r"\$fault\.(in|field|message)")
_INSERTED: Final = re.compile(r"\{\$fault\.(in|field|message)\}")


def told(source: Any, value: Any) -> dict[str, Any]:
    """Return by name (in, field, message) what `value` tells where the template `source` has `$fault.…`.

    A template that is one expression tells the whole value, of whatever type. A longer one tells parts of a text; a
    value of another form tells them empty.
    """
    if not isinstance(source, str):
        return {}
    if whole := _EXPRESSION.fullmatch(source):
        return {whole[1]: value}
    names = dict.fromkeys(_INSERTED.findall(source), "")
    found = _form(source).fullmatch(value) if names and isinstance(value, str) else None
    return names if found is None else {name: found[name] for name in names}


@lru_cache(maxsize=256)
def _form(source: str) -> re.Pattern[str]:
    """Return a pattern of the texts that a template writes, with a group for the first of each expression."""
    literal, *rest = map(re.escape, _INSERTED.split(source)[::2])
    pattern, known = literal, set[str]()
    for name, literal in zip(_INSERTED.findall(source), rest, strict=True):
        reads = ".*" if name == "message" else ".*?"
        pattern += (f"(?P={name})" if name in known else f"(?P<{name}>{reads})") + literal
        known.add(name)
    return re.compile(pattern, re.DOTALL)
