"""Name the classes of models, so that none takes the place of what the code around them imports."""

from __future__ import annotations

from typing import Final

from openapi_python_client.config import ClassOverride
from openapi_python_client.strings import ClassName

PREFIX: Final = "field_"
"""What openapi-python-client puts before a name that is no Python name."""
TAG_PREFIX: Final = "tag"
"""The same for tags."""
# What client.py.jinja, endpoint_module.py.jinja, model.py.jinja and types.py.jinja import or define.
_TAKEN: Final = (
    *("Any", "AuthenticatedClient", "BinaryIO", "BytesIO", "Client", "File", "FileTypes", "Generator", "HTTPStatus"),
    *("IO", "Identifier", "Literal", "Mapping", "MutableMapping", "RequestFiles", "Response", "Self", "TextIO"),
    *("Timestamp", "TypeVar", "UNSET", "UUID", "Unset"),
)


def class_overrides() -> dict[str, ClassOverride]:
    """Return what openapi-python-client calls schemas whose names are taken: `Response` is `ResponseModel`."""
    taken = {name: f"{name}Model" for name in _TAKEN}
    return {name: ClassOverride.model_validate({"class_name": new, "module_name": new}) for name, new in taken.items()}


def class_of(schema: str) -> str:
    """Return the name of the attrs model of the component schema with this name."""
    name = ClassName(schema, "")
    return f"{name}Model" if name in _TAKEN else name
