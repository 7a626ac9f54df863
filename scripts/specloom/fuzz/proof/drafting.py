"""Edit a copy of a spec at the one place where a rule holds, and read the API that it then describes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from specloom.spec import Api, Document
from specloom.spec import pointer as json_pointer
from specloom.spec.loading import read_api

Edit = Callable[[Any], None]
"""Changes the object with a keyword in place."""


class Draft:
    """A copy of the document of an API, in which no two places share a value."""

    def __init__(self, api: Api) -> None:
        """Copy the document of `api`; aliases of YAML become copies."""
        self._api = api
        self.data: Any = json.loads(json.dumps(api.document.data))

    def at(self, tokens: list[str]) -> Any:
        """Return the value at `tokens`, with each `$ref` on the way and at the end replaced by what it leads to.

        A parameter is named `LOCATION.NAME`, and becomes one of the operation alone if it stands at the path.
        """
        value, union = self.data, None
        for depth, token in enumerate(tokens):
            if isinstance(value, list) and not token.isdigit():
                token = str(_parameter(self.data, value, tokens[:depth], token))  # noqa: PLW2901 - its real name
            elif isinstance(value, dict) and token == "parameters":
                value.setdefault(token, [])
            reference = self._write_out(value, token)
            if union is not None and reference is not None:
                _map(union, reference, f"#{json_pointer.join(*tokens[: depth + 1])}")
            union = value if token in {"oneOf", "anyOf"} else None
            value = json_pointer.get(value, json_pointer.join(token))
        return value

    def _write_out(self, holder: Any, token: str) -> str | None:
        """Put what a reference leads to in its place; return the reference, or None where there is none."""
        value = json_pointer.get(holder, json_pointer.join(token))
        reference = value.get("$ref") if isinstance(value, dict) else None
        while isinstance(value, dict) and isinstance(value.get("$ref"), str):
            target = json_pointer.get(self.data, json_pointer.from_fragment(value["$ref"]))
            beside = {keyword: each for keyword, each in value.items() if keyword != "$ref"}
            value = beside | json.loads(json.dumps(target))
        holder[int(token) if isinstance(holder, list) else token] = value
        return reference if isinstance(reference, str) else None

    def read(self) -> Api:
        """Return the API that the draft describes."""
        document = self._api.document
        return read_api(Document(document.path, self.data, document.source), self._api.name)


def edited(api: Api, tokens: list[str], edit: Edit) -> Api:
    """Return the API that `api` becomes when the object at `tokens` is changed by `edit`."""
    draft = Draft(api)
    edit(draft.at(tokens))
    return draft.read()


def _map(union: Any, reference: str, place: str) -> None:
    """Let the discriminator of a union lead to where one of its alternatives stands now."""
    mapping = union.get("discriminator", {}).get("mapping", {})
    for tag, target in mapping.items():
        if target == reference:
            mapping[tag] = place


def _parameter(data: Any, own: list[Any], tokens: list[str], name: str) -> int:
    """Return the index, in the parameters of an operation, of the one called `name`; copy it there from its path."""
    path_item = json_pointer.get(data, json_pointer.join(*tokens[:-2]))
    for parameters in (own, path_item.get("parameters", [])):
        for index, each in enumerate(parameters):
            found = each
            while "$ref" in found:
                found = json_pointer.get(data, json_pointer.from_fragment(found["$ref"]))
            if f"{found['in']}.{found['name']}" == name:
                if parameters is own:
                    return index
                own.append(json.loads(json.dumps(found)))
                return len(own) - 1
    raise LookupError(name)
