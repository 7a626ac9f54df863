"""What pages say in words of limits and conditions, and the curl line that all layouts have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.pages.layouts.documented import Documented, Member, Shape

_WORDS = {
    "pattern": "Digits only (0–9).",
    "maxLength": "Maximum {} characters.",
    "minLength": "At least {} characters.",
    "minimum": "Minimum {}.",
    "maximum": "Maximum {}.",
    "maxItems": "Maximum {} elements.",
    "minItems": "At least {} elements.",
}


def says(member: Member) -> Iterator[str]:
    """Yield the sentences about a member: what it is, its limits, and when it is required."""
    yield member.words
    for keyword, value in member.shape.limits:
        yield _WORDS[keyword].format(value)
    if member.shape.is_nullable:
        yield "May be null."
    if member.condition is not None:
        name, value = member.condition
        yield f"Required when {name} is {value}."


def written(value: Any) -> str:
    """Return a value as a page shows it beside a name."""
    return value if isinstance(value, str) else json.dumps(value)


def sample(shape: Shape) -> str:
    """Return the sample of a body, over several lines."""
    return json.dumps(shape.sample(), indent=2, ensure_ascii=False)


def path_of(page: Documented, filler: str | None = None) -> str:
    """Return the path with `filler`, or else examples, for its parameters, and the query without values."""
    path = page.path
    for member in page.placed("path"):
        path = path.replace(f"{{{member.name}}}", filler or str(member.shape.example))
    query = "&".join(member.name for member in page.placed("query"))
    return f"{path}?{query}" if query else path
