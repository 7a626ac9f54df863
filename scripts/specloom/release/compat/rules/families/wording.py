"""Words for values, lists and alternatives in the messages of rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from specloom.release.compat.comparing.forms import Lone, Shape, tag

_LONGEST: Final = 60
_MOST: Final = 6


def value(value: Any) -> str:
    """Return a JSON value as text, cut when it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def values(items: Iterable[Any]) -> str:
    """Return JSON values as a list in a sentence, cut when there are many."""
    texts = [value(item) for item in items]
    more = len(texts) - _MOST
    return ", ".join(texts[:_MOST]) + (f" and {more} more" if more > 0 else "")


def names(items: Iterable[str]) -> str:
    """Return names as a list in a sentence, sorted."""
    return ", ".join(sorted(items))


def alternatives(lone: Iterable[Lone]) -> str:
    """Return the tags or names of alternatives, or else where they stand."""
    return ", ".join(_alternative(one.shape) for one in lone)


def _alternative(shape: Shape) -> str:
    tags = " and ".join(f"{name}: {constant}" for name, constant in tag(shape))
    names = shape.labels[:1] or ((tags,) if tags else (f"{shape.type} at #{shape.pointers[-1]}",))
    return names[0]
