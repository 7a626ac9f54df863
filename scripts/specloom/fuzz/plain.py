"""Write the values of a campaign as JSON can hold them, and read messages back."""

from __future__ import annotations

import base64
from typing import Any

import attrs


def plain(value: Any) -> Any:
    """Return an attrs value as one that JSON can hold; bodies are text, or `{"base64": …}` where they are none."""
    return attrs.asdict(value, value_serializer=lambda _, __, each: body(each) if isinstance(each, bytes) else each)


def body(data: bytes) -> str | dict[str, str]:
    """Return a body as text, or as `{"base64": …}` where it is no UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}


def data(value: Any) -> bytes:
    """Return the body that `body` has written. Raises ValueError when it is none."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, dict) and isinstance(value.get("base64"), str):
        return base64.b64decode(value["base64"], validate=True)
    raise ValueError("a body is text or {base64: …}")
