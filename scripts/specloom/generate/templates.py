"""The templates of packages."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from specloom.generate.keeping import COMPILED

_HERE: Final = Path(__file__).parent
OVERRIDES: Final = _HERE / "overrides"
"""The templates that take the place of those of openapi-python-client."""
FACADE: Final = _HERE / "facade" / "templates"
TOOLING: Final = _HERE / "tooling" / "modules"


def environment(folder: Path) -> Environment:
    """Return what fills in our templates in `folder`; they write Python and Markdown."""
    return _environment(FileSystemLoader(folder), undefined=StrictUndefined)


def compile_all() -> None:
    """Compile all templates that are not kept, so that several processes need not.

    What fills them in, which is slow to import, is not needed for that.
    """
    stock = find_spec("openapi_python_client")
    assert stock is not None  # noqa: S101 - it is a dependency
    assert stock.origin is not None  # noqa: S101 - it is a file
    folders = [OVERRIDES, Path(stock.origin).parent / "templates"]
    loader = ChoiceLoader([FileSystemLoader(each) for each in folders])
    # The settings are those of openapi-python-client; others would make another code.
    for each in (
        _environment(loader, extensions=["jinja2.ext.loopcontrols"]),
        environment(FACADE),
        environment(TOOLING),
    ):
        each.filters = _AnyFilter(each.filters)
        for name in each.list_templates(extensions=("jinja",)):
            each.get_template(name)


def _environment(loader: BaseLoader, **settings: Any) -> Environment:
    return Environment(
        loader=loader,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=COMPILED,
        autoescape=False,  # noqa: S701 - what is written is no HTML; filters escape what has to be
        **settings,
    )


class _AnyFilter(dict[str, Callable[..., Any]]):
    """Knows each filter by name; those of others cannot be called, as they may be for constants of a template."""

    def get(self, name: str, default: Any = None) -> Any:
        """Return the filter, or one that refuses to be called."""
        del default
        return super().get(name, _refuse)


def _refuse(*_: Any, **__: Any) -> None:
    raise NotImplementedError
