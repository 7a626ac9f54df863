"""Write texts of a spec into docstrings and literals as openapi-python-client does.

Its functions look at each character of texts of which nearly all are safe as they are.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import in_double_quote_literal, safe_for_docstring

# Control characters but those of lines and columns, and what escapes or ends the docstring.
_RISKY: Final = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\\]|"""')


def in_docstring(value: Any) -> str:
    """Return what `safe_for_docstring` makes of `value`."""
    text = _plain(value)
    return safe_for_docstring(value) if text is None or _RISKY.search(text) else text


def in_literal(value: Any) -> str:
    """Return what `in_double_quote_literal` makes of `value`."""
    text = _plain(value)
    # It leaves out control characters and what separates lines, none of which can be printed.
    return json.dumps(text, ensure_ascii=False)[1:-1] if text and text.isprintable() else in_double_quote_literal(value)


def _plain(value: Any) -> str | None:
    """Return a text of a spec, None for what is code."""
    text = value.get_untrusted_value() if isinstance(value, UntrustedString) else value
    return text if type(text) is str else None
