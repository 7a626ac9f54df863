"""Write a document that has all of an API that a client is made of, and nothing that openapi-python-client refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.generate.classes import PREFIX, TAG_PREFIX
from specloom.generate.normalising import contents
from specloom.generate.normalising.naming import Places, Taken, identifier
from specloom.generate.normalising.parameters import parameters
from specloom.generate.normalising.parts import part
from specloom.generate.normalising.simplifying import Simplifier
from specloom.generate.prepared import Prepared
from specloom.generate.result import Loss
from specloom.spec import Api
from specloom.spec import pointer as json_pointer
from specloom.spec.walking import walk

# The names in paths that openapi-python-client finds.
_NAME_IN_PATH: Final = re.compile(r"[a-zA-Z_-][a-zA-Z0-9_-]*")
_BRACES: Final = re.compile(r"\{([^{}/]+)\}")


def normalise(api: Api) -> Prepared:
    """Return `api` as openapi-python-client can read it."""
    data = api.document.data
    simplifier = Simplifier(data, Places(data, api.operations))
    for pointer in _components(data):
        simplifier.read([part(pointer, json_pointer.get(data, pointer))])
    modules = _modules(api)
    renamed: dict[tuple[str, str, str], str] = {}
    losses: list[Loss] = []
    overrides: dict[str, str] = {}
    paths: dict[str, dict[str, Any]] = {}
    operations = []
    for operation in api.operations:
        listed, names = parameters(operation, simplifier)
        content = contents.request(operation, simplifier)
        overrides |= content.overrides
        losses += content.losses
        path, of_path = _path(operation.path, listed)
        renamed |= {(operation.id, *key): name for key, name in {**of_path, **names}.items()}
        tag, module = modules[operation.id]
        paths.setdefault(path, {})[operation.method] = {
            "operationId": module,
            "tags": [tag],
            "summary": operation.summary,
            "description": operation.description,
            "security": [{name: [] for name in each} for each in operation.security],
            "parameters": listed,
            **({"requestBody": content.written} if content.written is not None else {}),
            "responses": {
                status: contents.response(operation, response, simplifier)
                for status, response in operation.responses.items()
            },
        }
        operations.append(attrs.evolve(operation, body=content.body))
    schemas = simplifier.classes.finish()
    return Prepared(
        document={
            "openapi": "3.1.0",
            "info": {"title": api.title, "version": api.version},
            "paths": paths,
            "components": {"schemas": schemas},
        },
        api=attrs.evolve(api, operations=tuple(operations)),
        modules=modules,
        classes=simplifier.classes.names(),
        members=simplifier.classes.members(),
        parameters=renamed,
        overrides=overrides,
        losses=(*losses, *simplifier.losses.values()),
    )


def _modules(api: Api) -> dict[str, tuple[str, str]]:
    """Return a tag package and a module for each operation, no two of which are alike."""
    taken = Taken()
    found = {}
    for operation in api.operations:
        tag = identifier(operation.tag, TAG_PREFIX)
        found[operation.id] = (tag, taken.free(operation.id, lambda name: identifier(name, PREFIX), within=tag))
    return found


def _components(data: dict[str, Any]) -> Iterator[str]:
    """Yield the pointers of the component schemas, without those that only forms with files refer to."""
    in_forms: set[str] = set()
    elsewhere: set[str] = set()
    for tokens, value in walk(data):
        if isinstance(value.get("$ref"), str):
            is_form = tokens[-1:] == ("schema",) and contents.plain(tokens[-2]) == "multipart/form-data"
            (in_forms if is_form else elsewhere).add(value["$ref"])
    for name in data.get("components", {}).get("schemas", {}):
        pointer = json_pointer.join("components", "schemas", name)
        if f"#{pointer}" not in in_forms - elsewhere:
            yield pointer


def _path(path: str, listed: list[dict[str, Any]]) -> tuple[str, dict[tuple[str, str], str]]:
    """Rename in `path`, and in the parameters `listed`, what openapi-python-client does not find as a name."""
    renamed = {}
    for index, name in enumerate(_BRACES.findall(path)):
        if not _NAME_IN_PATH.fullmatch(name):
            new = identifier(name, PREFIX)
            if not _NAME_IN_PATH.fullmatch(new) or f"{{{new}}}" in path:
                new = f"in_path_{index}"
            path = path.replace(f"{{{name}}}", f"{{{new}}}")
            for each in listed:
                if (each["in"], each["name"]) == ("path", name):
                    each["name"] = new
            renamed["path", new] = name
    return path, renamed
