"""The clients of the four packages against the sandbox: success, documented errors, what is sent and what is not."""

from __future__ import annotations

import asyncio
import importlib
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.generated.calls import CALLS, Call, Load, arguments_of, operation_of, order, package_of, secrets_of

from specloom.generate.facade.statuses import error_class

pytestmark = pytest.mark.usefixtures("packages")
EACH = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.api}-{call.operation}")
EACH_PACKAGE = pytest.mark.parametrize("call", CALLS[1:], ids=lambda call: call.api)
BOTH = pytest.mark.parametrize("style", ["sync", "async"])


def _send(call: Call, style: str, given: dict[str, Any], options: Any = None, **client: Any) -> Any:
    """Call the method with `given`; return the whole response."""
    group, method = call.method.split(".")
    arguments = {**arguments_of(call, given), "options": options}
    if style == "sync":
        with getattr(package_of(call), call.client)(**client) as api:
            return getattr(getattr(api, group), f"{method}_with_response")(**arguments)

    async def send() -> Any:
        async with getattr(package_of(call), f"Async{call.client}")(**client) as api:
            return await getattr(getattr(api, group), f"{method}_with_response")(**arguments)

    return asyncio.run(send())


@pytest.fixture
def send(load: Load, sandbox_url: str) -> Callable[..., Any]:
    """Return a function that calls an operation of the sandbox."""

    def call_it(call: Call, style: str, given: dict[str, Any], options: Any = None, **client: Any) -> Any:
        known = {**secrets_of(load, call), "base_url": f"{sandbox_url}/{call.api}"}
        return _send(call, style, given, options, **{**known, **client})

    return call_it


def _refused(load: Load, call: Call, outcome: str, send: Callable[[], Any]) -> Any:
    """Return the error that `send` ends with, which is that of the documented answer to `outcome`."""
    status = operation_of(load, call).answers[outcome].status  # type: ignore[index]
    error = getattr(package_of(call), error_class(status))
    with pytest.raises(error) as raised:
        send()
    assert type(raised.value) is error
    assert str(raised.value.status_code) == status
    assert not raised.value.may_have_been_applied
    assert raised.value.body.to_dict() == raised.value.response.json()
    assert pickle.loads(pickle.dumps(raised.value)).body == raised.value.body  # noqa: S301 - it is our own
    return raised.value


@EACH
@BOTH
def test_a_success_is_returned_as_its_model(load: Load, send: Callable[..., Any], call: Call, style: str) -> None:
    response = send(call, style, call.live)
    assert str(response.status_code) == operation_of(load, call).answers["success"].status
    assert response.parsed.to_dict().keys() == response.json().keys()
    assert pickle.loads(pickle.dumps(response)).parsed == response.parsed  # noqa: S301 - it is our own


@EACH
@BOTH
def test_refusals_are_raised_as_the_documented_errors(
    load: Load, send: Callable[..., Any], call: Call, style: str
) -> None:
    _refused(load, call, "unknown-record", lambda: send(call, style, call.unknown))
    _refused(load, call, "wrong-state", lambda: send(call, style, call.refused))
    send(call, style, call.live)
    _refused(load, call, "wrong-state", lambda: send(call, style, call.live))
    wrong = dict.fromkeys(secrets_of(load, call), "wrong")
    _refused(load, call, "unauthenticated", lambda: send(call, style, call.live, **wrong))
    if call.invalid:
        _refused(load, call, "invalid", lambda: send(call, style, call.invalid))


@EACH
@BOTH
def test_every_documented_status_is_its_own_class(load: Load, send: Callable[..., Any], call: Call, style: str) -> None:
    package = package_of(call)
    once = package.RetryPolicy(attempts=1)
    for status in operation_of(load, call).responses:
        options = package.CallOptions(headers={"Prefer": f"code={status}"}, retries=once)
        if status.startswith("2"):
            assert send(call, style, call.live, options).parsed is not None
            continue
        with pytest.raises(getattr(package, error_class(status))) as raised:
            send(call, style, call.live, options)
        assert raised.value.body is not None


@pytest.mark.parametrize("call", [call for call in CALLS if call.invalid], ids=lambda call: call.operation)
@BOTH
def test_what_the_spec_does_not_allow_is_refused_before_it_is_sent(call: Call, style: str) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise AssertionError(str(request.url))

    secrets = {"user": "u", "password": "p"} if call.api == "hypertrack" else {"token": "t"}
    with pytest.raises(package_of(call).RequestValidationError) as raised:
        _send(call, style, call.invalid, **secrets, validate=True, transport=httpx.MockTransport(fail))
    assert len(raised.value.problems) == 1


def test_rules_across_values_are_checked_before_it_is_sent() -> None:
    def problems(call: Call, given: dict[str, Any]) -> list[str]:
        with pytest.raises(package_of(call).RequestValidationError) as raised:
            _send(call, "sync", given, token="t", validate=True)  # noqa: S106 - nothing is sent
        return list(raised.value.problems)

    twice = {"orders": [*order("1")["orders"], *order("1")["orders"]]}
    assert problems(CALLS[1], twice) == ["no two values of orders.*.order_id may be equal"]
    assert problems(CALLS[-1], {}) == ["Give customerReference or orderReference."]


@EACH
@BOTH
def test_what_the_spec_allows_is_sent_with_validation_too(send: Callable[..., Any], call: Call, style: str) -> None:
    assert send(call, style, call.live, validate=True).parsed is not None


def _sent(call: Call, answer: httpx.Response, given: dict[str, Any]) -> tuple[httpx.Request, Any]:
    """Return the request that a call sends, and what it returns for `answer`."""
    requests = []

    def keep(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return answer

    secrets = {"user": "u", "password": "p"} if call.api == "hypertrack" else {"token": "t"}
    response = _send(call, "sync", given, **secrets, transport=httpx.MockTransport(keep))
    (request,) = requests
    return request, response.parsed


def test_a_header_with_a_default_is_not_sent_unless_it_is_given() -> None:
    ppl = CALLS[-1]
    request, _ = _sent(ppl, httpx.Response(200, json={}), {"customer_reference": "a"})
    assert "accept-language" not in request.headers
    assert "content-type" not in request.headers
    assert request.content == b""
    request, _ = _sent(ppl, httpx.Response(200, json={}), {"customer_reference": "a", "accept_language": "en-GB"})
    assert request.headers["accept-language"] == "en-GB"


@pytest.mark.parametrize("answer", [httpx.Response(200), httpx.Response(200, json={})], ids=["nothing", "empty"])
def test_a_success_without_content_gives_a_result_where_the_spec_allows_it(answer: httpx.Response) -> None:
    _, result = _sent(CALLS[-1], answer, {"customer_reference": "a"})
    assert type(result).__name__ == "OrderCancelResponse"
    assert result.to_dict() == {}


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ({}, b""),
        ({"metadata": None}, b""),
        ({"metadata": ("Metadata", {"a": 1})}, b'{"metadata":{"a":1}}'),
        ({"metadata": ("Metadata", {})}, b'{"metadata":{}}'),
    ],
)
def test_an_optional_body_is_sent_when_a_member_is_given(
    load: Load, packages: Path, given: dict[str, Any], body: bytes
) -> None:
    assert packages.is_dir()
    (example, *_) = operation_of(load, CALLS[3]).responses["200"].media_types[0].examples
    request, _ = _sent(CALLS[3], httpx.Response(200, json=example.value), {"order_handle": "a", **given})
    assert request.content.replace(b" ", b"") == body
    assert ("content-type" in request.headers) == bool(body)


@pytest.mark.parametrize("note", [None, "words"])
def test_null_is_sent_where_the_spec_allows_it(note: str | None) -> None:
    request, _ = _sent(CALLS[-1], httpx.Response(200), {"order_reference": "a", "note": note})
    assert json.loads(request.content) == {"note": note}


@pytest.mark.parametrize("value", ["", ".", ".."])
@pytest.mark.parametrize("call", [CALLS[2], CALLS[3]], ids=lambda call: call.api)
def test_an_identifier_that_would_address_something_else_is_refused(call: Call, value: str) -> None:
    name = next(iter(call.unknown))
    with pytest.raises(package_of(call).RequestValidationError, match="that would address something else"):
        _sent(call, httpx.Response(200), {name: value})


@EACH_PACKAGE
def test_the_package_imports_no_model_and_no_operation_before_it_needs_them(call: Call, packages: Path) -> None:
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(packages / call.api)!r})\n"
        f"from {call.api}_client import {call.client}, Async{call.client}, ApiError\n"
        f"api = {call.client}(base_url='http://localhost')\n"
        f"loaded = [name for name in sys.modules if name.startswith(('{call.api}_client.models', "
        f"'{call.api}_client.api', '{call.api}_client.schemas', 'pydantic'))]\n"
        "print(loaded)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-B", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@EACH
def test_the_docstring_names_page_arguments_and_errors(load: Load, call: Call) -> None:
    operation = operation_of(load, call)
    group, method = call.method.split(".")
    facade = importlib.import_module(f"{call.api}_client.facade")
    for prefix in ("", "Async"):
        doc = getattr(getattr(facade, f"{prefix}{group.title()}"), method).__doc__
        assert doc.startswith(operation.summary)
        assert f'`{operation.label}`, from the page "{operation.page}".' in doc
        words = re.sub(r"\s+", " ", doc)
        for parameter in operation.parameters:
            assert " ".join(parameter.description.split()) in words
        for status, response in operation.responses.items():
            if not status.startswith("2"):
                assert f"{error_class(status)}: Status {status}. {' '.join(response.description.split())}" in words
