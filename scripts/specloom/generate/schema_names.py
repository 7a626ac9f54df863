"""Name the pydantic model of each component schema, so that what uses the models knows their names."""

from __future__ import annotations

from typing import Any, Final

from openapi_python_client.strings import ClassName

from specloom.generate.classes import class_of
from specloom.generate.request_models import TAKEN, keeps_name, request_names
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk

_COMPONENTS: Final = "#/components/schemas/"


def model_names(api: Api) -> dict[str, str]:
    """Return the name of the pydantic model of each component schema of `api` by the name of the schema.

    Names that are names of classes stay; others are written as openapi-python-client writes them, with a number at the
    end where two would be the same.
    """
    schemas = api.document.data.get("components", {}).get("schemas", {})
    taken = TAKEN | request_names(api)
    found = {name: name for name in schemas if keeps_name(api, name)}
    used = {*taken, *found}
    for name in schemas:
        if name not in found:
            found[name] = _free(name, used)
            used.add(found[name])
    return found


def rename_references(data: dict[str, Any], names: dict[str, str]) -> None:
    """Let what refers to component schemas in `data` refer to them by their new `names`."""
    if all(name == new for name, new in names.items()):
        return
    for _, value in walk(data):
        if isinstance(value.get("$ref"), str):
            value["$ref"] = _renamed(value["$ref"], names)
        mapping = value.get("mapping")
        if isinstance(value.get("propertyName"), str) and isinstance(mapping, dict):
            value["mapping"] = {tag: _renamed(target, names) for tag, target in mapping.items()}


def _renamed(reference: str, names: dict[str, str]) -> str:
    if not reference.startswith(_COMPONENTS):
        # A mapping may name a schema instead of referring to it.
        return f"{_COMPONENTS}{names[reference]}" if reference in names else reference
    name, *further = json_pointer.split(json_pointer.from_fragment(reference))[2:]
    return "#" + json_pointer.join("components", "schemas", names.get(name, name), *further)


def _free(name: str, used: set[str]) -> str:
    base = class_of(name) if ClassName(name, "").isidentifier() else str(ClassName(name, "Schema "))
    if base.rstrip("_") in TAKEN:
        base = f"{base.rstrip('_')}Model"
    number = 1
    while (found := f"{base}{number if number > 1 else ''}") in used:
        number += 1
    return found
