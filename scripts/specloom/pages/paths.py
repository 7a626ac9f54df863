"""Write and read the JSON paths of members, such as `$.data.orders[].order_id`."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterable
from typing import Final


class Step(enum.Enum):
    """A step of a path that is no name: any element of an array, or any member of an object used as a map."""

    ITEMS = "[]"
    ANY = ".*"


Steps = tuple[str | Step, ...]
"""A path: names of members and steps that are none."""

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_STEP: Final = re.compile(
    r'\.(?P<name>[A-Za-z_][A-Za-z0-9_-]*)|(?P<any>\.\*)|(?P<items>\[\])|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]'
)


def write_path(steps: Iterable[str | Step]) -> str:
    """Return `$` and each step after it: `.name`, `["odd name"]`, `[]` for elements, `.*` for the members of a map."""
    return "$" + "".join(
        step.value if isinstance(step, Step) else f".{step}" if _NAME.fullmatch(step) else f"[{json.dumps(step)}]"
        for step in steps
    )


def read_path(text: str) -> Steps:
    """Return the steps of a path that `write_path` wrote. Raises ValueError for any other text."""
    steps: list[str | Step] = []
    at = 1
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            break
        name = found["name"] or (json.loads(found["quoted"]) if found["quoted"] else None)
        steps.append(name if name is not None else Step.ITEMS if found["items"] else Step.ANY)
        at = found.end()
    if not text.startswith("$") or at < len(text):
        raise ValueError(f"{text!r} is no path of a member")
    return tuple(steps)
