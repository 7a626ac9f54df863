"""Rewrite a document so that the generators read from it what it says, and nothing of ours."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from specloom.spec import Document
from specloom.spec.walking import walk


def for_client(document: Document) -> dict[str, Any]:
    """Return what openapi-python-client reads: no `x-` keywords, descriptions of parameters on their schemas.

    It documents an argument with the description of the parameter's schema and ignores that of the parameter.
    """
    data = _without_extensions(document)
    for _, value in walk(data):
        schema = value.get("schema")
        if "in" in value and "description" in value and isinstance(schema, dict) and "$ref" not in schema:
            value["schema"] = {"description": value["description"], **schema}
    return data


def for_models(document: Document) -> dict[str, Any]:
    """Return what datamodel-code-generator reads: no `x-` keywords, objects open unless they say otherwise.

    Its option to allow extra members would open the objects with `additionalProperties: false` too.
    """
    data = _without_extensions(document)
    for _, value in walk(data):
        if value.get("type") == "object":
            value.setdefault("additionalProperties", True)
    return data


def _without_extensions(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = deepcopy(document.data)
    for _, value in walk(data):
        for keyword in [keyword for keyword in value if keyword.startswith("x-")]:
            del value[keyword]
    return data
