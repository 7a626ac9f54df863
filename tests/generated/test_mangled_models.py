"""Whatever a vendor answers, a model is read, or TypeError, ValueError or KeyError says what is wrong."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from tests.generated.agreeing import Views, committed_views, without_nulls
from tests.generated.mangling import mangled

from specloom.spec import Api
from specloom.spec.equality import equal

CASES = 10_000
"""How many mangled answers of each operation are read."""


def _answers(api: Api) -> dict[str, list[tuple[Views, Any]]]:
    """Return the examples of the answers of each operation with the views of their schemas."""
    by_name = {view.name: view for view in committed_views()}
    return {
        operation.id: [
            (
                by_name[f"{api.name}-{api.document.at(str(each.schema_pointer))['$ref'].rpartition('/')[2]}"],
                example.value,
            )
            for response in operation.responses.values()
            for each in response.media_types
            for example in each.examples
        ]
        for operation in api.operations
    }


def test_nothing_else_escapes_and_nothing_is_lost(apis: list[Api]) -> None:
    read = refused = 0
    for api in apis:
        for operation, answers in _answers(api).items():
            assert answers, operation
            for seed, (view, example) in enumerate(answers):
                for value in mangled(example, seed, -(-CASES // len(answers))):
                    if view.refused_by_attrs(value) is not None:
                        refused += 1
                        continue
                    written = view.read_by_attrs(value)
                    assert equal(written, without_nulls(value, written))
                    read += 1
    # Neither are the changes too small nor the models too strict or too lax for both to happen often.
    assert min(read, refused) > CASES


@pytest.mark.parametrize("view", committed_views(), ids=lambda view: view.name)
def test_models_can_be_pickled(apis: list[Api], view: Views) -> None:
    examples = [
        example.value
        for api in apis
        for operation in api.operations
        for media_types in (
            operation.body.media_types if operation.body else (),
            *(response.media_types for response in operation.responses.values()),
        )
        for media_type in media_types
        for example in media_type.examples
    ]
    for value in _accepted(view, examples):
        model = view.attrs_model.from_dict(value)
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            copy = pickle.loads(pickle.dumps(model, protocol))  # noqa: S301 - of our own making
            assert copy == model
            assert equal(copy.to_dict(), value)


def _accepted(view: Views, value: Any) -> list[Any]:
    """Return the parts of `value` that are objects and values of `view`."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [each for child in inside for each in _accepted(view, child)]
    return [value, *found] if isinstance(value, dict) and view.accepts(value) else found
