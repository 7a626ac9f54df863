"""Write a document that holds a schema for each pydantic model of an API."""

from __future__ import annotations

from specloom.generate.modelling.classes import Classes
from specloom.generate.modelling.parts import Part
from specloom.generate.modelling.patterns import Patterns
from specloom.generate.modelling.scalars import compact
from specloom.generate.modelling.simplifying import Simplifier
from specloom.generate.prepared import Modelled
from specloom.generate.request_models import request_names, request_schemas
from specloom.generate.schema_names import model_names
from specloom.spec import Api


def modelled(api: Api) -> Modelled:
    """Return what datamodel-code-generator makes models of: schemas of all components, and of what is sent."""
    data = api.document.data
    names = model_names(api)
    classes = Classes([*names.values(), *request_names(api)])
    patterns = Patterns(data)
    simplifier = Simplifier(data, names, classes, patterns)
    aliases = {}
    for name, called in names.items():
        schema = simplifier.component(name)
        described = data["components"]["schemas"][name].get("description", "")
        aliases[called] = {**compact(schema), **({"description": described} if described else {})}
    for name, schema in request_schemas(api).items():
        simplifier.object_class([Part.of(f"/requests/{name}", schema)], name)
    found = classes.finish()
    schemas = {**{name: alias for name, alias in aliases.items() if name not in found}, **found}
    document = {"openapi": "3.1.0", "info": data["info"], "paths": {}, "components": {"schemas": schemas}}
    return Modelled(document, patterns.python, tuple(simplifier.losses.values()))
