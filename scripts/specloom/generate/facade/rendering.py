"""Fill in the templates of the facade and of the README."""

from __future__ import annotations

from typing import Any, Final

from specloom.generate.facade.docs import one_line
from specloom.generate.templates import FACADE, environment


def render(name: str, **values: Any) -> str:
    """Return the template of the file `name`, filled in with `values`."""
    return _TEMPLATES.get_template(f"{name}.jinja").render(**values)


def _cell(text: str) -> str:
    """Return `text` as it may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


_TEMPLATES: Final = environment(FACADE)
_TEMPLATES.filters.update(cell=_cell, literal=repr, one_line=one_line)
