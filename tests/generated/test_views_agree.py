"""JSON Schema, attrs and pydantic accept the same values, and both kinds of models give them back as they were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.generated.accepted import values
from tests.generated.agreeing import Views, committed_views

from specloom.spec import Api
from specloom.spec.equality import equal


def test_every_schema_of_an_object_has_both_models(apis: list[Api]) -> None:
    named = {view.name for view in committed_views()}
    for api in apis:
        for name, schema in api.document.data["components"]["schemas"].items():
            # Maps have no class in pydantic.
            if schema.get("properties"):
                assert f"{api.name}-{name}" in named


@pytest.mark.parametrize("view", committed_views(), ids=lambda view: view.name)
@settings(max_examples=20, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_the_schema_accepts_is_read_and_written_as_it_was(view: Views, data: st.DataObject) -> None:
    value: Any = data.draw(values(view.schema).filter(view.accepts))
    for written in (view.read_by_attrs(value), view.read_by_pydantic(value)):
        assert equal(written, value), (written, value)


def test_the_examples_of_the_specs_are_read_and_written_as_they_are(apis: list[Api]) -> None:
    by_name = {view.name: view for view in committed_views()}
    count = 0
    for api in apis:
        for operation in api.operations:
            requests = operation.body.media_types if operation.body else ()
            answers = [each for response in operation.responses.values() for each in response.media_types]
            for media_type in (*requests, *answers):
                schema = api.document.at(str(media_type.schema_pointer))
                view = by_name[f"{api.name}-{schema['$ref'].rpartition('/')[2]}"]
                for example in media_type.examples:
                    assert equal(view.read_by_attrs(example.value), example.value)
                    assert equal(view.read_by_pydantic(example.value), example.value)
                    count += 1
    assert count > 10
