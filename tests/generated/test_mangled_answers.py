"""Whatever a vendor answers, a call ends with a result that can be read, or with an ApiError."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

import attrs
import httpx
import pytest
from tests.generated.answering import Answer, answers
from tests.generated.calls import CALLS, Call, Load, arguments_of, operation_of, package_of

CASES: Final = 10_000
"""How many answers of each operation are tried, half of them by the client whose methods are to be awaited."""

EACH = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.api}-{call.operation}")
pytestmark = pytest.mark.usefixtures("packages")


class Vendor:
    """Gives one answer to every request, and keeps how the calls ended: None for a result, the class of an error."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.answer: Answer | None = None
        self.ends: list[type[Exception] | None] = []

    def respond(self, _: httpx.Request) -> httpx.Response:
        """Answer a request."""
        assert self.answer is not None
        return self.answer.respond()

    def client(self, name: str) -> Any:
        """Return a client that asks this vendor, without waiting, and once more where that is worth it."""
        package = package_of(self.call)
        secrets = ("user", "password") if self.call.api == "hypertrack" else ("token",)
        return getattr(package, name)(
            **dict.fromkeys(secrets, "x"),
            base_url="https://example.test",
            transport=httpx.MockTransport(self.respond),
            retries=package.RetryPolicy(attempts=2, first_delay=0.0, max_retry_after=0.0),
        )

    def method(self, client: Any) -> Any:
        """Return the method of the operation."""
        group, method = self.call.method.split(".")
        return getattr(getattr(client, group), method)

    def returned(self, result: Any) -> None:
        """Read every member of a result."""
        _read(result)
        self.ends.append(None)

    def raised(self, error: Exception) -> None:
        """Read what an error tells; one that is no ApiError is raised again, with the answer that led to it."""
        if not isinstance(error, package_of(self.call).ApiError):
            error.add_note(repr(self.answer))
            raise error
        told: Any = error
        assert (told.attempts in {1, 2}, type(told.may_have_been_applied)) == (True, bool)
        assert str(told)
        assert repr(told)
        if told.response is not None:
            assert isinstance(told.response.text, str)
        if getattr(told, "body", None) is not None:
            _read(told.body)
        self.ends.append(type(error))


def _read(model: Any) -> None:
    """Read every member of a model."""
    assert isinstance(json.dumps(model.to_dict()), str)
    assert repr(model)
    for attribute in attrs.fields(type(model)):
        getattr(model, attribute.name)


def test_every_operation_is_tried(load: Load) -> None:
    every = [(name, operation.id) for name in {call.api for call in CALLS} for operation in load(name).operations]
    assert sorted((call.api, call.operation) for call in CALLS) == sorted(every)


@EACH
def test_nothing_but_an_api_error_escapes(load: Load, call: Call) -> None:
    vendor, operation = Vendor(call), operation_of(load, call)
    arguments = arguments_of(call, call.live)
    with vendor.client(call.client) as client:
        for vendor.answer in answers(operation, 1, CASES // 2):
            try:
                vendor.returned(vendor.method(client)(**arguments))
            except Exception as error:  # noqa: BLE001 - what is no ApiError is raised again
                vendor.raised(error)

    async def awaited() -> None:
        async with vendor.client(f"Async{call.client}") as client:
            for vendor.answer in answers(operation, 2, CASES // 2):
                try:
                    vendor.returned(await vendor.method(client)(**arguments))
                except Exception as error:  # noqa: BLE001 - as above
                    vendor.raised(error)

    asyncio.run(awaited())
    assert len(vendor.ends) == CASES
    package = package_of(call)
    # The changes are neither so small nor so large that one kind of end is rare.
    assert vendor.ends.count(None) > CASES // 100
    for kind in (package.ResponseValidationError, package.UndocumentedStatusError, package.StatusError):
        assert sum(end is not None and issubclass(end, kind) for end in vendor.ends) > CASES // 50
