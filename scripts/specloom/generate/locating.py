"""Find the place in a spec that a message of openapi-python-client is about; it names no lines and few pointers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from openapi_python_client.parser.errors import GeneratorError
from pydantic import BaseModel, ValidationError

from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk

_OPERATION: Final = re.compile(r"parsing ([A-Z]+) (\S+) within ")
_SCHEMA: Final = re.compile(r"Unable to process schema (\S+):")
# The first line of a pydantic error is a count, the second the way to the value: `components.schemas.Pet.Schema.enum`.
_INVALID: Final = re.compile(r"\A\d+ validation errors? for OpenAPI\n(\S+)\n")


def locate(data: Mapping[str, Any], problem: GeneratorError) -> str:
    """Return the pointer into the document `data` that `problem` is most likely about, "" when nothing tells."""
    text = f"{problem.header}\n{problem.detail or ''}"
    around = ""
    if found := _OPERATION.search(text):
        around = json_pointer.join("paths", found[2], found[1].lower())
    elif found := _SCHEMA.search(text):
        around = _known(data, ["components", "schemas", *found[1].split("/")])
    elif found := _INVALID.search(problem.detail or ""):
        return _known(data, found[1].split("."))
    culprit = getattr(problem, "data", None)
    if isinstance(culprit, BaseModel):
        equal = [pointer for pointer in _pointers(data) if _reads_as(json_pointer.get(data, pointer), culprit)]
        within = [pointer for pointer in equal if pointer.startswith(around)]
        return next(iter([*within, *([] if around else equal)]), around)
    return around


def _pointers(data: Mapping[str, Any]) -> list[str]:
    return [json_pointer.join(*tokens) for tokens, _ in walk(data)]


def _reads_as(value: Any, model: BaseModel) -> bool:
    try:
        return type(model).model_validate(value) == model
    except ValidationError:
        return False


def _known(data: Mapping[str, Any], tokens: list[str]) -> str:
    """Return the pointer made of those `tokens` that lead somewhere in turn; the others are names of classes."""
    value: Any = data
    known: list[str] = []
    for token in tokens:
        key: Any = int(token) if isinstance(value, list) and token.isdigit() else token
        if (isinstance(value, dict) and key in value) or (isinstance(value, list) and key in range(len(value))):
            value = value[key]
            known.append(token)
    return json_pointer.join(*known)
