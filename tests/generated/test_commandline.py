"""The command line of a package calls its operations, and tells by its exit status what came of it."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.generated.commanding import EACH, Ran, answering, command, http

from specloom.spec import Api, Schemas

pytestmark = pytest.mark.usefixtures("sandbox_credentials")


@EACH
def test_each_operation_is_called_and_its_answer_shown(
    load: Callable[[str], Api], run: Callable[..., Ran], sandbox_url: str, name: str
) -> None:
    api = load(name)
    for operation in api.operations:
        done = run(name, *command(api, operation), "--base-url", f"{sandbox_url}/{name}", "--json", "--validate")
        assert (done.status, done.err) == (0, "")
        status = operation.answers["success"].status
        (media_type,) = operation.responses[status].media_types
        assert Schemas(api.document).validator(str(media_type.schema_pointer)).is_valid(json.loads(done.out))


def test_an_answer_is_shown_a_line_for_each_value(run: Callable[..., Ran]) -> None:
    body = json.dumps({"message": "\x1b[31mred\n", "order": {"lines": [{"sku": "A"}, {}], "paid": True}, "n": None})
    with answering(http(200, body.encode())) as url:
        done = run("ppl", "orders", "cancel", "--customer-reference", "A", "--base-url", url)
    assert done.out.splitlines() == [
        r"message             \x1b[31mred\n",
        "order.lines[0].sku  A",
        "order.lines[1]      {}",
        "order.paid          true",
        "n                   null",
    ]


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        (http(401, b'{"status": false, "message": "no"}'), 3, "UnauthorizedError"),
        (http(403, b"<html>"), 3, "UndocumentedStatusError"),
        (http(404, b"gone\x1b[31m"), 4, "UndocumentedStatusError"),
        (http(500, b'{"status": false, "message": "no"}'), 5, "InternalServerError"),
        (http(502, b"<html>"), 5, "UndocumentedStatusError"),
        (http(200, b"<html>"), 8, "ResponseValidationError"),
        (http(302, b""), 8, "UndocumentedStatusError"),
        (b"\x00\x01 nonsense\r\n\r\n", 6, "ApiConnectionError"),
    ],
)
def test_the_exit_status_tells_the_kind_of_error(
    run: Callable[..., Ran], answer: bytes, status: int, told: str
) -> None:
    with answering(answer) as url:
        done = run("fastpod", "orders", "cancel", "A", "--base-url", url, "--attempts", "1")
    assert (done.status, done.out) == (status, "")
    lines = done.err.splitlines()
    assert lines[0].startswith(f"fastpod orders cancel: {told}: ")
    assert len(lines) == 1 + (status in {5, 6, 8})
    assert all("may have been applied" in line for line in lines[1:])
    assert "\x1b" not in done.err


def test_no_answer_in_time_has_a_status_of_its_own(run: Callable[..., Ran]) -> None:
    with answering(b"") as url:
        done = run("fastpod", "orders", "cancel", "A", "--base-url", url, "--timeout", "0.05", "--attempts", "1")
    assert done.status == 7
    assert "ApiTimeoutError" in done.err
    assert "may have been applied" in done.err


def test_no_connection_leaves_nothing_applied(run: Callable[..., Ran]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    done = run("fastpod", "orders", "cancel", "A", "--base-url", url, "--attempts", "1")
    assert (done.status, len(done.err.splitlines())) == (6, 1)


@pytest.mark.parametrize("given", ["array", "file", "elements"])
def test_a_list_is_given_at_once_or_element_by_element(
    load: Callable[[str], Api], packages: Path, tmp_path: Path, given: str
) -> None:
    operation = next(each for each in load("fuuffy").operations if each.id == "rejectPickpack")
    assert operation.body is not None
    (example, *_) = operation.body.media_types[0].examples
    orders = example.value["orders"]
    (tmp_path / "orders.json").write_text(json.dumps(orders))
    texts = {
        "array": [json.dumps(orders)],
        "file": [f"@{tmp_path / 'orders.json'}"],
        "elements": [json.dumps(each) for each in orders],
    }[given]
    assert packages.is_dir()
    commands = import_module("fuuffy_client.commands")
    reject = next(each for each in commands.PROGRAM.commands if each.name == "reject")
    read = reject.readers()["orders"].from_texts(texts)
    assert [each.to_dict() for each in read] == orders


def test_null_is_sent_where_that_is_asked_for(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    orders = import_module("ppl_client.facade").Orders

    def cancel(_: object, **values: Any) -> Any:
        seen.append(values)
        raise KeyboardInterrupt

    monkeypatch.setattr(orders, "cancel_with_response", cancel)
    line = ["orders", "cancel", "--customer-reference", "1"]
    for more in ([], ["--null", "note"], ["--note", "null"]):
        assert run("ppl", *line, *more).status == 130
    assert [each.get("note", "absent") for each in seen] == ["absent", None, "null"]
    assert all(each["customer_reference"] == "1" for each in seen)


@EACH
def test_help_is_that_of_the_spec(load: Callable[[str], Api], run: Callable[..., Ran], name: str) -> None:
    api = load(name)
    top = run(name, "--help")
    assert top.status == 0
    assert all(text in top.out for text in (api.title, f"{name.upper()}_BASE_URL", "exit status:", "  130 "))
    for operation in api.operations:
        group, method, *_ = command(api, operation)
        told = " ".join(run(name, group, method, "--help").out.split())
        assert " ".join(operation.description.split()) in told
        assert f'{operation.label}, from the page "{operation.page}"' in told
        for parameter in operation.parameters:
            assert " ".join(parameter.description.split()) in told.replace("- ", "-")
        for server in api.servers:
            assert str(server.name) in told
