"""What a schema refuses by one fault is refused by the pydantic model; the attrs model refuses wrong types."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.generated.accepted import values
from tests.generated.agreeing import Views, committed_views, without_nulls
from tests.generated.near_misses import accepted_by_pydantic_alone, near_misses

from specloom.spec import Api, pointer
from specloom.spec.equality import equal

# Errors say which member of which model is wrong, or which model is none.
NAMED = re.compile(r"[A-Z]\w*(\..* must be | must be an object, )", re.DOTALL)
EACH = pytest.mark.parametrize("view", committed_views(), ids=lambda view: view.name)


@attrs.frozen
class Inexpressible:
    """A place where the models accept more than the schema: its paths start with `path`; `value` shows it."""

    view: str
    path: str
    reason: str
    value: Any


_ANYTHING_ELSE = "an alternative for what the others do not list; no model can say what `not` says, so it takes all"
_BY_POSITION = "prefixItems: a model knows what the elements may be, not which of them comes first"
INEXPRESSIBLE = [
    Inexpressible("hypertrack-Order", "/timeline/*", _ANYTHING_ELSE, {"type": "order_created"}),
    Inexpressible("hypertrack-Order", "/destination/geometry", _ANYTHING_ELSE, {"type": "Point"}),
    Inexpressible("hypertrack-Destination", "/geometry", _ANYTHING_ELSE, {"type": "Point"}),
    Inexpressible("hypertrack-Order", "/polyline/coordinates/*/*", _BY_POSITION, "2023-10-26T01:28:23.916Z"),
    Inexpressible("hypertrack-Polyline", "/coordinates/*/*", _BY_POSITION, "2023-10-26T01:28:23.916Z"),
]


def _expressible(view: Views, path: str) -> bool:
    return not any(view.name == each.view and path.startswith(each.path) for each in INEXPRESSIBLE)


@EACH
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_pydantic_refuses_what_the_schema_refuses(view: Views, data: st.DataObject) -> None:
    value: Any = data.draw(values(view.schema).filter(view.accepts))
    wrongly = [miss for miss in accepted_by_pydantic_alone(view, value) if _expressible(view, miss.path)]
    assert wrongly == []


@EACH
@settings(max_examples=4, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_attrs_gives_back_what_it_reads_or_names_what_is_wrong(view: Views, data: st.DataObject) -> None:
    value: Any = data.draw(values(view.schema).filter(view.accepts))
    for miss in near_misses(view.schema, value):
        error = view.refused_by_attrs(miss.value)
        if error is not None:
            assert not view.accepts(miss.value)
            assert isinstance(error, KeyError) or NAMED.match(str(error)), str(error)
            if miss.keyword == "type" and "*" not in miss.path and _expressible(view, miss.path):
                wrong = _at(miss.path, miss.value)
                assert isinstance(wrong, dict | list) or "".join(pointer.split(miss.path)[-1:]) in str(error)
        else:
            written = view.read_by_attrs(miss.value)
            assert equal(written, without_nulls(miss.value, written))
            assert miss.keyword != "type" or view.accepts(miss.value) or _is_tolerated(view, miss.path, miss.value)


def _is_tolerated(view: Views, path: str, value: Any) -> bool:
    """Say whether a wrong type may pass: null for what may be absent, and what no model can express."""
    return "*" in path or _at(path, value) is None or not _expressible(view, path)


def _at(path: str, value: Any) -> Any:
    for name in pointer.split(path):
        value = value[int(name) if isinstance(value, list) and name.isdigit() else name]
    return value


@pytest.mark.parametrize("case", INEXPRESSIBLE, ids=lambda case: case.view + case.path)
def test_what_is_called_inexpressible_is_accepted_by_the_models_alone(apis: list[Api], case: Inexpressible) -> None:
    (view,) = [view for view in committed_views() if view.name == case.view]
    path = case.path.replace("*", "0")
    for value in _examples(apis, view, path):
        assert view.accepts(value)
        wrong = copy.deepcopy(value)
        around, _, name = path.rpartition("/")
        holder = _at(around, wrong)
        holder[int(name) if isinstance(holder, list) else name] = case.value
        assert not view.accepts(wrong)
        assert equal(view.read_by_attrs(wrong), wrong)
        assert equal(view.read_by_pydantic(wrong), wrong)
        return
    pytest.fail("no example has this place")


def _examples(apis: list[Api], view: Views, path: str) -> Iterator[Any]:
    """Yield the parts of the examples of the specs that are values of `view` and have something at `path`."""
    for api in apis:
        for operation in api.operations:
            for response in operation.responses.values():
                for media_type in response.media_types:
                    for example in media_type.examples:
                        yield from (each for each in _objects(example.value) if view.accepts(each) and _has(path, each))


def _objects(value: Any) -> Iterator[Any]:
    yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(child)


def _has(path: str, value: Any) -> bool:
    try:
        _at(path, value)
    except (LookupError, TypeError, ValueError):
        return False
    return True
