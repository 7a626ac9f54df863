"""An upgraded schema accepts the values that the validator of OpenAPI 3.0 accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_schema_validator import OAS30Validator

from specloom.spec.foreign import adopt
from specloom.spec.schemas import Schemas

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-4, 4) | st.sampled_from([0.5, "", "a", "bb", "ccc"]),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from("ab"), each, max_size=2),
    max_leaves=4,
)
NUMBERS = st.fixed_dictionaries(
    {"type": st.sampled_from(["integer", "number"])},
    optional={
        "minimum": st.integers(-2, 2),
        "exclusiveMinimum": st.booleans(),
        "maximum": st.integers(-2, 2),
        "exclusiveMaximum": st.booleans(),
    },
)
TEXTS = st.fixed_dictionaries({"type": st.just("string")}, optional={"minLength": st.integers(0, 2)})
SCHEMAS = st.recursive(
    NUMBERS | TEXTS | st.just({}) | st.just({"type": "boolean"}),
    lambda each: (
        st.fixed_dictionaries({"type": st.just("array"), "items": each})
        | st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(st.sampled_from("ab"), each, max_size=2)},
            optional={
                "additionalProperties": st.booleans() | each,
                "required": st.lists(st.sampled_from("ab"), unique=True),
            },
        )
        | st.fixed_dictionaries({"anyOf": st.lists(each, min_size=1, max_size=2)})
        | st.fixed_dictionaries({"allOf": st.lists(each, min_size=1, max_size=2)})
    ),
    max_leaves=4,
)


def nullable(schema: Any, draw: Any) -> Any:
    """Return the schema with `nullable: true` here and there."""
    if isinstance(schema, list):
        return [nullable(each, draw) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {keyword: nullable(each, draw) for keyword, each in schema.items()}
    is_typed = isinstance(schema.get("type"), str)
    return {**inner, "nullable": True} if is_typed and draw(st.booleans()) else inner


def accepts(folder: Path, schema: Any, value: Any) -> bool:
    """Tell whether the adopted schema accepts the value."""
    info = {"title": "A", "version": "1.0.0"}
    document = {"openapi": "3.0.3", "info": info, "paths": {}, "components": {"schemas": {"It": schema}}}
    (folder / "a.json").write_text(json.dumps(document), "utf-8")
    adopted = adopt(folder / "a.json").document(folder / "a.json")
    return Schemas(adopted).validator("/components/schemas/It").is_valid(value)


@given(SCHEMAS, VALUES, st.data())
def test_a_schema_accepts_what_it_accepted(
    tmp_path_factory: pytest.TempPathFactory, plain: Any, value: Any, data: st.DataObject
) -> None:
    schema = nullable(plain, data.draw)

    assert accepts(tmp_path_factory.getbasetemp(), schema, value) == OAS30Validator(schema).is_valid(value)
