"""What a client sends in any style is read by the sandbox as the value that was given."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import attrs
import httpx
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from specloom.generate import Generated
from specloom.sandbox.message import Request
from specloom.sandbox.parameters import ParameterReader
from specloom.sandbox.routing import Router
from specloom.spec import Api, Operation, load_api

from .ways import Way, ways

WAYS = {way.name: way for way in ways()}


def values(way: Way) -> st.SearchStrategy[Any]:
    """Return the values of a kind; what no header or cookie can hold is not among them."""
    letters = st.characters(codec="utf-8")
    if way.location in {"header", "cookie"} and way.style != "json":
        letters = st.sampled_from("aZ09.-_~%&/:" + (" +(" if way.location == "header" else ""))
    text = st.text(letters, max_size=8)
    if way.kind == "text":
        return text
    if way.kind == "array":
        return st.lists(text, min_size=1, max_size=4)
    named = st.fixed_dictionaries({}, optional={name: st.integers(-9, 255) for name in "RGB"})
    further = st.dictionaries(text.filter(lambda name: name not in set("RGB")), text, max_size=2)
    return st.builds(lambda one, other: one | other, named, further).filter(bool)


@attrs.frozen
class Both:
    """A client of the package, and the sandbox's reader of what it sent last."""

    api: Any
    color: Any
    spec: Api
    router: Router[Operation]
    requests: list[httpx.Request]

    def read(self) -> Any:
        """Return the value of the parameter in the last request."""
        request = self.requests.pop()
        path, _, query = request.url.raw_path.decode().partition("?")
        match = self.router.find(path)
        assert match is not None
        operation = match.route.methods["GET"]
        headers = tuple((name.decode().lower(), value.decode("latin-1")) for name, value in request.headers.raw)
        reader = ParameterReader(operation.parameters, self.spec.schemas, self.spec.document)
        found, faults = reader.read(Request("GET", path, query, headers), match.values)
        assert not faults
        return next(iter(found.values()))["color"]


@pytest.fixture(scope="session")
def both(generated: Generated, package: ModuleType) -> Iterator[Both]:
    """Return the client and the reader."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(204)

    spec = load_api(generated.path.parent.parent / "specs" / "colors" / "openapi.yaml")
    router = Router((each.path, each.method, each) for each in spec.operations)
    with package.Colors(transport=httpx.MockTransport(handle)) as api:
        yield Both(api, importlib.import_module("colors_client.models").Color, spec, router, requests)


@pytest.mark.parametrize("name", WAYS)
def test_a_value_is_read_as_it_was_given(both: Both, name: str) -> None:
    way = WAYS[name]

    @settings(max_examples=20)
    @given(values(way))
    def check(value: Any) -> None:
        try:
            getattr(both.api.colors, name)(color=both.color.from_dict(value) if way.kind == "object" else value)
        except ValueError:
            reject()  # it cannot be told apart, as a comma in a header
        assert both.read() == value

    check()
