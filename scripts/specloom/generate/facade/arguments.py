"""Turn the parameters and the body of an operation into arguments of its method."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs
from openapi_python_client.parser.bodies import BodyType
from openapi_python_client.parser.properties import ModelProperty, Property
from openapi_python_client.parser.properties.const import ConstProperty

from specloom.generate.facade.annotations import annotation, is_nullable, kind, union
from specloom.generate.facade.naming import free
from specloom.generate.facade.plan import Annotation, Argument, Body
from specloom.generate.facade.source import Source
from specloom.generate.request_models import body_model, object_model
from specloom.spec import Document, Parameter
from specloom.spec import pointer as json_pointer

# What the methods call other things.
_TAKEN: Final = frozenset({"options", "self"})


def arguments(source: Source) -> tuple[tuple[Argument, ...], Body | None]:
    """Return the arguments of the method of an operation, parameters before the body, and how the body is made of them.

    The members of a body that is a JSON object are arguments of their own, unless it may have further members by a
    schema. Of two arguments with one name the later one gets an underscore.
    """
    model = _model(source)
    found = [*_parameters(source), *(_whole_body(source) if model is None else _members(source, model))]
    taken = set(_TAKEN)
    distinct = []
    for argument in found:
        distinct.append(attrs.evolve(argument, name=free(argument.name, taken)))
        taken.add(distinct[-1].name)
    return tuple(distinct), _body(source, model)


def _parameters(source: Source) -> Iterator[Argument]:
    described: dict[tuple[str, str], Parameter] = {
        (parameter.location, parameter.name): parameter for parameter in source.operation.parameters
    }
    for location, prop in source.endpoint.iter_all_parameters():
        parameter = described[location.value, prop.name.get_untrusted_value()]
        argument = _argument(source, prop, parameter.schema_pointer, required=parameter.required)
        yield attrs.evolve(
            argument, location=location.value, description=_line(parameter.description) or argument.description
        )


def _model(source: Source) -> ModelProperty | None:
    """Return the model whose members are arguments, with all of them; None when there is no such model."""
    bodies = source.endpoint.bodies
    if len(bodies) != 1 or bodies[0].body_type is not BodyType.JSON or not isinstance(bodies[0].prop, ModelProperty):
        return None
    _, schema = source.api.document.resolve(source.body_pointer)
    model = source.models.get(bodies[0].prop.class_info.name, bodies[0].prop)
    has_members = bool(model.required_properties or model.optional_properties)
    has_further = schema.get("additionalProperties", not has_members)
    return None if has_further else model


def _members(source: Source, model: ModelProperty) -> Iterator[Argument]:
    required = source.operation.body is not None and source.operation.body.required
    for prop in [*(model.required_properties or ()), *(model.optional_properties or ())]:
        pointer = _member(source.api.document, source.body_pointer, prop.name.get_untrusted_value())
        argument = _argument(source, prop, pointer, required=prop.required and required)
        yield attrs.evolve(argument, needed=prop.required)


def _whole_body(source: Source) -> Iterator[Argument]:
    bodies, body = source.endpoint.bodies, source.operation.body
    if body is None or not bodies:
        return
    whole = _argument(source, bodies[0].prop, source.body_pointer, required=body.required)
    kinds = [kind(each.prop) for each in bodies]
    code = f"calling.any_of({', '.join(each.code for each in kinds)})" if len(kinds) > 1 else kinds[0].code
    yield attrs.evolve(
        whole,
        name="body",
        source="",
        stock="body",
        annotation=union(annotation(each.prop, source.rename) for each in bodies),
        kind=Annotation(code, frozenset().union(*(each.imports for each in kinds))),
        description=_line(source.api.document.at(body.pointer).get("description", "")) or whole.description,
    )


def _argument(source: Source, prop: Property, pointer: str, *, required: bool) -> Argument:
    """Return the member of the body that is described by `prop` and by the schema at `pointer`."""
    document = source.api.document
    at, schema = document.resolve(pointer) if pointer else ("", {})
    given = document.at(pointer).get("description", "") if pointer else ""
    default = None if required else "UNSET"
    if required and isinstance(prop, ConstProperty):
        default = prop.value.python_code.as_unembedded_code()
    elif required and prop.default is not None:
        default = prop.default.python_code.as_unembedded_code()
    return Argument(
        name=str(prop.python_name),
        location="body",
        source=prop.name.get_untrusted_value(),
        stock=str(prop.python_name),
        annotation=annotation(prop, source.rename),
        kind=kind(prop),
        nullable=is_nullable(prop),
        default=default,
        description=_line(given or schema.get("description", "")),
        schema=schema,
        schema_pointer=at,
        needed=required,
    )


def _body(source: Source, model: ModelProperty | None) -> Body | None:
    body = source.operation.body
    if body is None or not source.endpoint.bodies:
        return None
    own = object_model(source.api, source.operation)
    return Body(
        required=body.required,
        media_types=tuple(media_type.name for media_type in body.media_types),
        model=None if model is None else annotation(attrs.evolve(model, required=True), source.rename),
        schema=own or body_model(source.operation),
        wrapped=own is None,
    )


def _member(document: Document, pointer: str, name: str) -> str:
    """Return where the schema of the member `name` stands in the schema at `pointer` or in those that it combines.

    It is "" when it stands in neither.
    """
    at, schema = document.resolve(pointer)
    if name in schema.get("properties", {}):
        return at + json_pointer.join("properties", name)
    combined = (_member(document, f"{at}/allOf/{index}", name) for index in range(len(schema.get("allOf", []))))
    return next((found for found in combined if found), "")


def _line(text: str) -> str:
    return " ".join(text.split())
