"""Read tables whose rows are lines with `|` between the cells."""

from __future__ import annotations

from typing import Final, Literal

Column = Literal["name", "type", "required", "example", "default", "description", "value", "status"]
"""What a column of a table states."""

_COLUMNS: Final[dict[str, Column]] = {
    **dict.fromkeys(("parameter", "name", "field", "property", "attribute", "key", "header", "member"), "name"),
    **dict.fromkeys(("type", "data type", "schema"), "type"),
    **dict.fromkeys(("required", "required?", "mandatory"), "required"),
    **dict.fromkeys(("example", "sample"), "example"),
    **dict.fromkeys(("default", "default value"), "default"),
    **dict.fromkeys(("description", "notes", "meaning"), "description"),
    **dict.fromkeys(("value", "values"), "value"),
    **dict.fromkeys(("status", "code", "status code", "http status"), "status"),
}
_YES: Final = frozenset({"yes", "y", "true", "required", "✓", "✔", "✅"})
_NO: Final = frozenset({"no", "n", "false", "optional", "-", "\u2013", "✗", "❌", ""})


def cells(text: str) -> list[str]:
    """Return the cells of a row; one or none where the line is no row."""
    if "|" not in text:
        return []
    return [cell.strip() for cell in text.strip().removeprefix("|").removesuffix("|").split("|")]


def is_rule(text: str) -> bool:
    """Return whether a line is the rule below a table's head."""
    return "-" in text and "|" in text and not set(text) - set("|-: ")


def columns(row: list[str]) -> list[Column | None] | None:
    """Return what each column states, when the row is the head of a table; None when it is none."""
    found = [_COLUMNS.get(cell.lower()) for cell in row]
    is_head = len(row) > 1 and found[0] in {"name", "value", "status"} and sum(each is not None for each in found) > 1
    return found if is_head else None


def answer(text: str) -> bool | None:
    """Return what a cell of the column `required` says; None for anything but yes or no."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None
