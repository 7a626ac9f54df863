"""Rewrite a document so that the generators read from it what it says, and nothing of ours."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from openapi_python_client.strings import PythonIdentifier

from specloom.generate.classes import PREFIX, TAG_PREFIX
from specloom.generate.modelling import modelled
from specloom.generate.normalising import normalise
from specloom.generate.normalising.contents import JSON, kind
from specloom.generate.prepared import Modelled, Prepared
from specloom.generate.request_models import request_schemas
from specloom.generate.rewording import looks_around, reword
from specloom.generate.schema_names import model_names, rename_references
from specloom.spec import Api, Document, Operation
from specloom.spec.vocabulary import is_foreign
from specloom.spec.walking import walk


def prepare(api: Api) -> Prepared:
    """Return what openapi-python-client gets: a spec written by hand as it is, a foreign one as it can be read."""
    if is_foreign(api.document):
        return normalise(api)
    return Prepared(for_client(api.document), api, {each.id: module_of(each) for each in api.operations})


def module_of(operation: Operation) -> tuple[str, str]:
    """Return the names of the tag package and of the module that openapi-python-client gives an operation."""
    return str(PythonIdentifier(operation.tag, TAG_PREFIX)), str(PythonIdentifier(operation.id, PREFIX))


def for_client(document: Document) -> dict[str, Any]:
    """Return what openapi-python-client reads: no `x-` keywords, descriptions of parameters on their schemas.

    It documents an argument with the description of the parameter's schema and ignores that of the parameter; one that
    has content, and so no schema, it leaves out.
    """
    data: dict[str, Any] = deepcopy(document.data)
    _drop_extensions(data)
    for _, value in walk(data):
        if isinstance(value.get("in"), str) and isinstance(value.get("content"), dict):
            name, content = next(iter(value.pop("content").items()))
            value["schema"] = content.get("schema", {}) if kind(name) == JSON else {"type": "string"}
        schema = value.get("schema")
        if "in" in value and "description" in value and isinstance(schema, dict) and "$ref" not in schema:
            value["schema"] = {"description": value["description"], **schema}
    return data


def for_models(api: Api) -> Modelled:
    """Return what datamodel-code-generator reads: the schemas of the components as `reword` leaves them.

    The parameters of the operations, of which it makes no models, are added as schemas. Of a foreign document, all
    schemas are written anew.
    """
    if is_foreign(api.document):
        return modelled(api)
    given = api.document.data
    names = model_names(api)
    schemas = {names[name]: schema for name, schema in given.get("components", {}).get("schemas", {}).items()}
    schemas |= request_schemas(api)
    data = {"openapi": given["openapi"], "info": given["info"], "paths": {}, "components": {"schemas": schemas}}
    data = deepcopy(data)
    rename_references(data, names)
    _drop_extensions(data)
    reword(api.document, data)
    return Modelled(data, looks_around(data))


def _drop_extensions(data: dict[str, Any]) -> None:
    for _, value in walk(data):
        for keyword in [keyword for keyword in value if keyword.startswith("x-")]:
            del value[keyword]
