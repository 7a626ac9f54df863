"""Write a JSON value as XML, for responses whose spec gives no text of them."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from specloom.sandbox.json_text import json_bytes


def xml_bytes(value: Any) -> bytes:
    """Return a document whose elements are called as the members are; nothing of XML Objects is looked at."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element("root", value)}'.encode("utf-8", "replace")


def _element(name: str, value: Any) -> str:
    tag = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    tag = tag if re.match("[A-Za-z_]", tag) else f"_{tag}"
    if isinstance(value, dict):
        content = "".join(_element(member, each) for member, each in value.items())
    elif isinstance(value, list):
        content = "".join(_element("item", each) for each in value)
    else:
        content = escape(value if isinstance(value, str) else json_bytes(value).decode())
    return f"<{tag}>{content}</{tag}>"
