"""Say which parameters are written in another way than openapi-python-client's code would write them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs
from openapi_python_client.parser.bodies import BodyType
from openapi_python_client.parser.errors import ParseError
from openapi_python_client.parser.properties import AnyProperty, LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty
from openapi_python_client.schema import ParameterLocation

from specloom.generate.endpoints import Endpoint
from specloom.generate.normalising.contents import JSON, has_json, kind
from specloom.spec import Operation, Parameter

_TEXTS: Final = (LiteralEnumProperty, StringProperty)
_NUMBERS: Final = (FloatProperty, IntProperty)
_OTHERS: Final = (ConstProperty, DateProperty, UuidProperty)
_PLAIN: Final[Mapping[str, tuple[type, ...]]] = {
    "path": (*_TEXTS, *_NUMBERS, *_OTHERS),
    "query": (*_TEXTS, *_NUMBERS, *_OTHERS, BooleanProperty, DateTimeProperty, NoneProperty),
    "header": (*_TEXTS, *_NUMBERS, BooleanProperty),
    "cookie": (*_TEXTS, IntProperty),
}
"""What stock code writes as it should, by location."""


_TYPE: Final = re.compile(r"[^\s/,*]+/[^\s/,*]+(\s*;[^,]*)?")
"""A media type; several of them, or a range, leave the choice to the caller."""
_COMPOSITE: Final = (ListProperty, ModelProperty)
_DEEP: Final = (AnyProperty, ModelProperty, NoneProperty)


@attrs.frozen
class Styled:
    """The code that writes the parameters of an endpoint that need it; `rest` is the endpoint without these.

    `path` has it by the name of the argument. In other locations all parameters are written so, or none.
    `bodies` has it by the media type, of those that need it.
    """

    rest: Endpoint
    path: Mapping[str, str]
    query: tuple[str, ...]
    header: tuple[str, ...]
    cookie: tuple[str, ...]
    bodies: Mapping[str, str]

    @property
    def is_any(self) -> bool:
        """Whether there is any such code."""
        return bool(self.path or self.query or self.header or self.cookie or self.bodies)


def styled(operation: Operation | None, endpoint: Endpoint) -> Styled:
    """Return how the parameters and forms of `endpoint` are written; one without an operation is refused later."""
    if operation is None:
        return Styled(endpoint, {}, (), (), (), {})
    known: dict[tuple[str, str], Parameter] = {(each.location, each.name): each for each in operation.parameters}

    def codes(location: str, properties: Iterable[PropertyProtocol]) -> tuple[str, ...]:
        found = [(each, known[location, each.name.get_untrusted_value()]) for each in properties]
        return tuple(_code(*each) for each in found) if any(not _is_stock(*each) for each in found) else ()

    path = {str(each.python_name): code for each in endpoint.path_parameters for code in codes("path", [each])}
    query, header, cookie = (
        codes("query", endpoint.query_parameters),
        codes("header", endpoint.header_parameters),
        codes("cookie", endpoint.cookie_parameters),
    )
    rest = dataclasses.replace(
        endpoint,
        query_parameters=[] if query else endpoint.query_parameters,
        header_parameters=[] if header else endpoint.header_parameters,
        cookie_parameters=[] if cookie else endpoint.cookie_parameters,
    )
    return Styled(rest, path, query, header, cookie, dict(_bodies(operation, endpoint)))


def left_open(prop: PropertyProtocol, parameter: Parameter, models: Mapping[str, ModelProperty]) -> str:
    """Return what OpenAPI 3.1.1 leaves open about how values of `prop` are written, and what is done; "" for nothing.

    `models` has all models by name. See the table of 4.8.12.4 for what is undefined, and appendix D for cookies.
    """
    alternatives = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    composite = [each for each in alternatives if isinstance(each, _COMPOSITE)]
    if parameter.style == "deepObject" and not all(isinstance(each, _DEEP) for each in alternatives):
        return "OpenAPI does not define deepObject for what is no object: it is sent as in the style form"
    if has_json(parameter):
        is_cookie = parameter.location == "cookie"
        return "OpenAPI has no way to write JSON as a cookie: it is sent percent-encoded" if is_cookie else ""
    if composite and parameter.location == "cookie":
        return "OpenAPI has no way to write several values as a cookie: they are sent with commas between them"
    if composite and parameter.style in {"spaceDelimited", "pipeDelimited"} and parameter.explode:
        return f"OpenAPI does not define {parameter.style} with explode: it is sent as in the style form"
    if any(isinstance(inner, _COMPOSITE) for each in composite for inner in _inside(each, models)):
        how = "in brackets" if parameter.style == "deepObject" else "as JSON"
        return f"OpenAPI does not define how an array or object inside a parameter is written: it is sent {how}"
    return ""


def _inside(prop: PropertyProtocol, models: Mapping[str, ModelProperty]) -> Iterator[PropertyProtocol]:
    """Yield the alternatives of the members or elements of an object or array."""
    if isinstance(prop, ListProperty):
        inner: list[PropertyProtocol] = [prop.inner_property]
    elif isinstance(prop, ModelProperty):
        model = models.get(str(prop.class_info.name), prop)
        inner = [*(model.required_properties or ()), *(model.optional_properties or ())]
    else:
        inner = []
    for each in inner:
        yield from each.inner_properties if isinstance(each, UnionProperty) else [each]


def _is_stock(prop: PropertyProtocol, parameter: Parameter) -> bool:
    """Whether stock code writes the values of `prop` as the document says."""
    if has_json(parameter):
        return False
    plain = _PLAIN[parameter.location]
    alternatives = prop.inner_properties if isinstance(prop, UnionProperty) else [prop]
    if parameter.location == "query":
        repeated = parameter.explode and parameter.style != "deepObject"
        inner = [each.inner_property if isinstance(each, ListProperty) and repeated else each for each in alternatives]
        return not parameter.allow_reserved and all(isinstance(each, plain) for each in inner)
    if parameter.style in {"label", "matrix"}:
        return False
    # Of a union it takes the value as it is.
    return all(isinstance(each, _TEXTS if isinstance(prop, UnionProperty) else plain) for each in alternatives)


def _bodies(operation: Operation, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """Yield the media type of each form, and the code that writes it, unless stock code does as it should."""
    media_types = () if operation.body is None else operation.body.media_types
    encodings = {each.name: each.encoded for each in media_types}
    for body in endpoint.bodies:
        name = body.content_type.get_untrusted_value()
        encoded = encodings.get(name, {})
        types = {
            member: each.media_type
            for member, each in encoded.items()
            if each.media_type is not None and _TYPE.fullmatch(each.media_type)
        }
        if body.body_type is BodyType.DATA:
            styles = {member: _style(each) for member, each in encoded.items() if each.media_type is None}
            json_ones = {member: ("json", False, False) for member, each in types.items() if kind(each) == JSON}
            yield name, f'_kwargs["content"] = styles.form(body, { {**json_ones, **styles}!r})'
        elif body.body_type is BodyType.FILES and types:
            yield name, f'_kwargs["files"] = styles.parts(body, {types!r})'


def _style(parameter: Parameter) -> tuple[str, bool, bool]:
    return parameter.style, parameter.explode, parameter.allow_reserved


def _code(prop: PropertyProtocol, parameter: Parameter) -> str:
    style = parameter.style
    if has_json(parameter):
        style = "encoded" if parameter.location == "cookie" else "json"
    given = [repr(parameter.name), str(prop.python_name), repr(style)]
    given += ["explode=True"] if parameter.explode else []
    given += ["reserved=True"] if parameter.allow_reserved and parameter.location == "query" else []
    return ", ".join(given)


def _anywhere(prop: PropertyProtocol, location: ParameterLocation) -> ParseError | None:
    """Allow properties of all types in all locations: there is code for all of them. Null is no part of a path."""
    if location == ParameterLocation.PATH and (isinstance(prop, NoneProperty) or not prop.required):
        return ParseError(detail="a parameter in a path must be given")
    return None


# openapi-python-client has code of its own for some types alone.
setattr(PropertyProtocol, "validate_location", _anywhere)  # noqa: B010 - mypy wants a method to stay what it is
