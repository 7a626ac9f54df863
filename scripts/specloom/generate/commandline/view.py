"""Show an answer in a terminal: a line for each value, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, cast

from specloom.generate.runtime.responses import RawResponse


def shown(response: RawResponse, *, as_json: bool) -> str:
    """Return the body of `response` as text, each line of it with its end; "" for a body without anything."""
    try:
        value = response.json()
        lines = [json.dumps(value, indent=2, ensure_ascii=False)] if as_json else list(_rows(value))
    except (RecursionError, ValueError):
        lines = [json.dumps(response.text)] if as_json else [printable(line) for line in response.text.splitlines()]
    return "".join(f"{line}\n" for line in lines) if response.content else "null\n" if as_json else ""


def printable(text: str) -> str:
    """Return `text` with what controls a terminal written as escapes."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def _rows(value: Any) -> Iterator[str]:
    found = list(_leaves(value, ""))
    width = max((len(place) for place, _ in found), default=0)
    for place, text in found:
        yield f"{place:<{width}}  {text}".strip()


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield place and text of each value that holds no others, as in `order.lines[0].sku`."""
    if isinstance(value, dict) and value:
        for name, each in cast("dict[str, Any]", value).items():
            yield from _leaves(each, f"{place}.{printable(name)}".removeprefix("."))
    elif isinstance(value, list) and value:
        for index, each in enumerate(cast("Sequence[Any]", value)):
            yield from _leaves(each, f"{place}[{index}]")
    else:
        yield place, printable(value) if isinstance(value, str) else json.dumps(value)
