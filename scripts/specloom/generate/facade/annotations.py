"""Write the types of openapi-python-client as annotations, and the checks of values of these types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

from specloom.generate.facade.plan import Annotation

_CHECKS: Final[Mapping[type, str]] = {
    BooleanProperty: "calling.BOOLEAN",
    DateProperty: "calling.DATE",
    DateTimeProperty: "calling.TIME",
    FileProperty: "calling.FILE",
    FloatProperty: "calling.NUMBER",
    IntProperty: "calling.INTEGER",
    NoneProperty: "calling.NULL",
    StringProperty: "calling.TEXT",
    UuidProperty: "calling.IDENTIFIER",
}
_IDENTIFIERS: Final = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\.?[^\W\d]\w*""")
_MODULE: Final = re.compile(r"^from \.models\.\w+ import")
Rename = Callable[[str], str]
"""Gives the name under which a model is imported."""


def annotation(prop: PropertyProtocol, rename: Rename) -> Annotation:
    """Return the type of `prop` without Unset, and the imports it needs in a module directly in the package."""
    statements = {*prop.get_imports(prefix="."), *prop.get_lazy_imports(prefix=".")}
    models = [_of_one_module(line) for line in statements if line.startswith("from .models")]
    others = [line for line in statements if not line.startswith("from .models") and "cast" not in line.split()]
    return Annotation(
        code=replace_names(prop.get_type_string(no_optional=True).as_unembedded_code(), rename),
        imports=frozenset({*others, *(_renamed(line, rename) for line in models)}),
    )


def kind(prop: PropertyProtocol) -> Annotation:
    """Return the code of the check of the type of `prop`, and the imports of the models in it."""
    if isinstance(prop, ListProperty):
        inner = kind(prop.inner_property)
        return Annotation(f"calling.list_of({inner.code})", inner.imports)
    if isinstance(prop, UnionProperty):
        inners = [kind(each) for each in prop.inner_properties]
        codes = dict.fromkeys(each.code for each in inners)
        code = next(iter(codes)) if len(codes) == 1 else f"calling.any_of({', '.join(codes)})"
        return Annotation(code, frozenset().union(*(each.imports for each in inners)))
    if isinstance(prop, ModelProperty):
        return Annotation(
            f"calling.instance({prop.class_info.name})",
            frozenset(map(_of_one_module, prop.get_lazy_imports(prefix="."))),
        )
    if isinstance(prop, LiteralEnumProperty):
        return Annotation("calling.TEXT" if prop.value_type is str else "calling.INTEGER")
    if isinstance(prop, ConstProperty):
        return Annotation(f"calling.constant({prop.value.python_code.as_unembedded_code()})")
    return Annotation(_CHECKS.get(type(prop), "calling.ANYTHING"))


def is_nullable(prop: PropertyProtocol) -> bool:
    """Whether None is a value of `prop`, and not only the absence of one."""
    return isinstance(prop, NoneProperty) or (
        isinstance(prop, UnionProperty) and any(is_nullable(each) for each in prop.inner_properties)
    )


def union(annotations: Iterable[Annotation]) -> Annotation:
    """Return the union of types, each once, in order, None last; None alone for no types at all."""
    found = list(annotations)
    codes = dict.fromkeys(each.code for each in found)
    if "Any" in codes:
        codes = dict.fromkeys(["Any"])
    if "None" in codes or not codes:
        codes.pop("None", None)
        codes["None"] = None
    return Annotation(" | ".join(codes), frozenset().union(*(each.imports for each in found)))


def replace_names(code: str, rename: Rename) -> str:
    """Return `code` with each name outside strings and after no dot replaced by what `rename` gives for it."""
    return _IDENTIFIERS.sub(lambda found: found[0] if found[0][0] in "\"'." else rename(found[0]), code)


def _of_one_module(statement: str) -> str:
    """Return an import of a model from a module of its own as one from the module of all models."""
    return _MODULE.sub("from .models import", statement)


def _renamed(statement: str, rename: Rename) -> str:
    name = statement.rpartition(" ")[2]
    return statement if rename(name) == name else f"{statement} as {rename(name)}"
