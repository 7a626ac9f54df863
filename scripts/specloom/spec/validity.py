"""Check that a document is an OpenAPI 3.1 document that the rest of specloom can rely on (rules S01 to S05)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from specloom.spec import pointer as json_pointer
from specloom.spec.api import METHODS
from specloom.spec.document import Document
from specloom.spec.errors import SpecloomError
from specloom.spec.finding import Finding
from specloom.spec.schemas import Schemas
from specloom.spec.subschemas import schema_roots, schema_sites
from specloom.spec.vocabulary import behaviour_findings, keyword_findings
from specloom.spec.walking import path_items, walk

_NAME_IN_PATH: Final = re.compile(r"\{([^{}/]+)\}")
# OpenAPI 3.1, section 4.8.25; its JSON Schema leaves out what stands in schemas.
_DISCRIMINATOR: Final = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "required": ["propertyName"],
        "properties": {
            "propertyName": {"type": "string"},
            "mapping": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
)


def check(document: Document) -> None:
    """Raise SpecloomError with the first thing that makes `document` unusable."""
    for finding in findings(document):
        raise document.error(finding.message, finding.pointer, finding.remedy)


def findings(document: Document) -> Iterator[Finding]:
    """Yield what makes `document` unusable; each stage runs only on what passed the ones before it."""
    for stage in _STAGES:
        found = list(stage(document))
        yield from found
        if found:
            return


def unexpected(document: Document) -> Iterator[str]:
    """Yield where members stand that OpenAPI 3.1 does not know there."""
    for error in _openapi_schema().iter_errors(document.data):
        for name in getattr(error.kind, "unexpected", ()):
            yield json_pointer.join(*(str(token) for token in error.instance_path), name)


def _version(document: Document) -> Iterator[Finding]:
    data = document.data
    if not isinstance(data, dict):
        yield Finding("S01", "", "an OpenAPI document is an object", "start with `openapi: 3.1.0`")
    elif not str(data.get("openapi", "")).startswith("3.1."):
        yield Finding("S01", "/openapi", "this is not OpenAPI 3.1", "write `openapi: 3.1.0` and follow that version")


def _references(document: Document) -> Iterator[Finding]:
    for tokens, value in walk(document.data):
        if isinstance(value.get("$ref"), str):
            try:
                document.resolve(json_pointer.join(*tokens))
            except SpecloomError as error:
                yield Finding("S02", json_pointer.join(*tokens, "$ref"), error.message, error.remedy)


def _openapi(document: Document) -> Iterator[Finding]:
    for error in _openapi_schema().iter_errors(document.data):
        pointer = json_pointer.join(*(str(token) for token in error.instance_path))
        yield Finding("S01", pointer, error.message, "follow the OpenAPI 3.1 specification here")


def _schemas(document: Document) -> Iterator[Finding]:
    """Yield what is wrong with the schemas, which OpenAPI's own schema leaves to JSON Schema."""
    for root in schema_roots(document.data):
        for error in _metaschema().iter_errors(root.schema):
            pointer = root.pointer + json_pointer.join(*(str(token) for token in error.instance_path))
            yield Finding("S01", pointer, error.message, "follow JSON Schema 2020-12 here")
    for site in schema_sites(document.data):
        if isinstance(site.schema, dict) and "discriminator" in site.schema:
            for error in _DISCRIMINATOR.iter_errors(site.schema["discriminator"]):
                remedy = "write the name of the tag as propertyName, and the schema of each tag in mapping"
                yield Finding("S01", f"{site.pointer}/discriminator", error.message, remedy)


def _schemas_usable(document: Document) -> Iterator[Finding]:
    """Yield what keeps schemas that follow JSON Schema from being used, such as a malformed pattern."""
    error = Schemas(document).fault([root.pointer for root in schema_roots(document.data)])
    if error is not None:
        yield Finding("S01", *error, "correct the schema")


@cache
def _metaschema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})


@cache
def _openapi_schema() -> jsonschema_rs.Draft202012Validator:
    """Return the validator of OpenAPI's own schema, as openapi-spec-validator ships it."""
    # The package is found, not imported: it brings what takes longer to start than all the rest.
    package = find_spec("openapi_spec_validator")
    if package is None or package.origin is None:  # pragma: no cover - it is a dependency
        raise ModuleNotFoundError("openapi_spec_validator")
    schema = Path(package.origin).parent / "resources" / "schemas" / "v3.1" / "schema.json"
    return jsonschema_rs.Draft202012Validator(json.loads(schema.read_text("utf-8")))


def _operation_ids(document: Document) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for path, method, operation in _operations(document):
        identifier = operation.get("operationId")
        if identifier in seen:
            pointer = json_pointer.join("paths", path, method, "operationId")
            message = f"operationId {identifier!r} is that of {seen[identifier]} too"
            yield Finding("S03", pointer, message, "give each operation its own name")
        if identifier is not None:
            seen.setdefault(identifier, f"{method.upper()} {path}")


def _path_parameters(document: Document) -> Iterator[Finding]:
    """Yield where the names in a path and the path parameters differ (OpenAPI 3.1, section 4.8.12.1)."""
    for path, method, _ in _operations(document):
        pointer = json_pointer.join("paths", path, method)
        named = set(_NAME_IN_PATH.findall(path))
        declared = {
            parameter["name"]: parameter_pointer
            for base in (json_pointer.join("paths", path), pointer)
            for parameter_pointer, parameter in _parameters(document, base)
            if parameter["in"] == "path"
        }
        for name in sorted(named - declared.keys()):
            message = f"{path} names {name!r}, and no parameter of {method.upper()} is called so"
            yield Finding("S01", pointer, message, f"add a parameter {name!r} with `in: path`")
        for name in sorted(declared.keys() - named):
            message = f"the path parameter {name!r} does not occur in {path}"
            yield Finding("S01", declared[name], message, f"write {{{name}}} in the path, or remove the parameter")
        locations = Counter((found["name"], found["in"]) for _, found in _parameters(document, pointer))
        for name, location in (twice for twice, count in locations.items() if count > 1):
            message = f"{name!r} in {location} is declared more than once"
            yield Finding("S01", f"{pointer}/parameters", message, "keep one of them")


def _security(document: Document) -> Iterator[Finding]:
    """Yield the requirements of schemes that are not declared (OpenAPI 3.1, section 4.8.30)."""
    declared = document.data.get("components", {}).get("securitySchemes", {})
    operations = ((("paths", path, method), operation) for path, method, operation in _operations(document))
    for at, holder in (((), document.data), *operations):
        for index, alternative in enumerate(holder.get("security", [])):
            for name in sorted(alternative.keys() - declared.keys()):
                pointer = json_pointer.join(*at, "security", str(index), name)
                remedy = "declare it in components/securitySchemes, or correct the name"
                yield Finding("S10", pointer, f"there is no security scheme {name!r}", remedy)


def _operations(document: Document) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (path, method, Operation Object)."""
    for path, item in path_items(document.data):
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def _parameters(document: Document, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (pointer, Parameter Object) of what is declared in the object at `pointer`."""
    for index in range(len(document.at(pointer).get("parameters", []))):
        yield document.resolve(f"{pointer}/parameters/{index}")


_STAGES: Final = (
    _version,
    _openapi,
    _references,
    _schemas,
    _schemas_usable,
    _operation_ids,
    _path_parameters,
    _security,
    keyword_findings,
    behaviour_findings,
)
