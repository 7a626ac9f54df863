"""Write patterns of ECMA-262 for the regular expressions that pydantic checks."""

from __future__ import annotations

import re
import warnings
from typing import Any, Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

from specloom.generate.rewording import reworded
from specloom.spec.walking import walk

_NAMED: Final = re.compile(r"\(\?<(?=[A-Za-z_])")


class Patterns:
    """The patterns of one document. With `python`, Python checks them, since some are none for Rust."""

    def __init__(self, data: Any) -> None:
        """Look at all patterns of `data`."""
        given = {value["pattern"] for _, value in walk(data) if isinstance(value.get("pattern"), str)}
        self.python = not all(_is_of_rust(reworded(each, python=False)) for each in given)

    def write(self, pattern: Any) -> str | None:
        """Return `pattern` as it has to be written, None when it cannot be."""
        if not isinstance(pattern, str):
            return None
        text = reworded(pattern, python=self.python)
        text = _NAMED.sub("(?P<", text) if self.python else text
        return text if not self.python or _is_of_python(text) else None


def _is_of_rust(pattern: str) -> bool:
    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError:
        return False
    return True


def _is_of_python(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            # What will mean something else one day is told by a warning, which would keep the models from importing.
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, FutureWarning, OverflowError, RecursionError):
        return False
    return True
