"""Fill in the templates of openapi-python-client."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from openapi_python_client import Project
from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData, import_string_from_class
from openapi_python_client.strings import PythonIdentifier

from specloom.generate.bundling import bundled
from specloom.generate.escaping import in_docstring, in_literal
from specloom.generate.keeping import COMPILED
from specloom.generate.templates import OVERRIDES

_MODEL_IMPORT: Final = re.compile(r"^(from \.+models)\.\w+ import", re.MULTILINE)


def filled(data: GeneratorData, config: Config, package: str, helpers: Mapping[str, Any]) -> dict[str, str]:
    """Return the modules of the client `package` by path, unformatted; `helpers` are known to templates by name.

    They are those that `Project.build` would write, but all models are in one: it would write each to a file, which
    would be read and removed again.
    """
    env = Project(openapi=data, config=config, custom_template_path=OVERRIDES).env
    env.bytecode_cache = COMPILED
    env.auto_reload = False
    env.filters.update(safe_for_docstring=in_docstring, in_double_quote_literal=in_literal)
    env.globals.update(helpers)
    known = dict(env.globals)
    # Templates look up what they know in common for each other that they import; in jinja2's two mappings, one below
    # the other, that takes a fifth of their time.
    setattr(env, "make_globals", lambda more: {**known, **(more or {})})  # noqa: B010 - it is a method

    def render(name: str, **values: Any) -> str:
        return env.get_template(f"{name}.py.jinja").render(**values)

    return {
        "__init__.py": render("package_init"),
        "client.py": render("client"),
        "errors.py": render("errors"),
        "models.py": bundled(_models(data, render), f"{package}.models", package),
        "types.py": render("types"),
        **{path: _MODEL_IMPORT.sub(r"\1 import", text) for path, text in _operations(data, config, render).items()},
    }


def _models(data: GeneratorData, render: Callable[..., str]) -> dict[str, str]:
    """Return a module for each model by its name, and the one that offers them all."""
    modules = {str(each.class_info.module_name): render("model", model=each) for each in data.models}
    modules |= {str(each.class_info.module_name): render("literal_enum", enum=each) for each in data.enums}
    offered = [each.class_info for each in (*data.models, *data.enums)]
    imports = [import_string_from_class(each) for each in offered]
    return {**modules, "__init__": render("models_init", imports=imports, alls=[each.name for each in offered])}


def _operations(data: GeneratorData, config: Config, render: Callable[..., str]) -> dict[str, str]:
    """Return a module for each operation by its path, in a folder for each tag."""
    modules = {"api/__init__.py": render("api_init")}
    for tag, collection in data.endpoint_collections_by_tag.items():
        modules[f"api/{tag}/__init__.py"] = render("endpoint_init", endpoint_collection=collection)
        for endpoint in collection.endpoints:
            name = PythonIdentifier(endpoint.name, config.field_prefix)
            modules[f"api/{tag}/{name}.py"] = render("endpoint_module", endpoint=endpoint)
    return modules
