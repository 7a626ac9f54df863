"""Fill in the templates of modules."""

from __future__ import annotations

from typing import Any, Final

from specloom.generate.templates import TOOLING, environment

_TEMPLATES: Final = environment(TOOLING)
_TEMPLATES.filters["literal"] = repr


def render(name: str, **values: Any) -> str:
    """Return the text of the module that the template for `name` gives with `values`."""
    return _TEMPLATES.get_template(f"{name}.jinja").render(values)
