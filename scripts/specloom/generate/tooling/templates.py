"""Fill in the templates of modules."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from specloom.generate.templates import COMPILED

_TEMPLATES: Final = Environment(
    loader=PackageLoader("specloom.generate.tooling", "modules"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    bytecode_cache=COMPILED,
    autoescape=False,  # noqa: S701 - what is written is Python, not HTML
)
_TEMPLATES.filters["literal"] = repr


def render(name: str, **values: Any) -> str:
    """Return the text of the module that the template for `name` gives with `values`."""
    return _TEMPLATES.get_template(f"{name}.jinja").render(values)
