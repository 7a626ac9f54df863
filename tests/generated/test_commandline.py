"""The command line of a package calls its operations, and tells by its exit status what came of it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest

from specloom.spec import Api, Operation, Schemas

APIS = ("fastpod", "fuuffy", "hypertrack", "ppl")
EACH = pytest.mark.parametrize("name", APIS)
SECRET = "canary-7f3a"


@attrs.frozen
class Ran:
    """What a command line left: exit status and output."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(packages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the command line of an API in this process, as if it were installed."""
    assert packages.is_dir()

    def run_line(name: str, *line: str) -> Ran:
        monkeypatch.setattr(sys, "argv", [f"/usr/bin/{name}"])
        commands = import_module(f"{name}_client.commands")
        running = import_module(f"{name}_client.commandline")
        try:
            status = running.run(commands.PROGRAM, line)
        except SystemExit as exited:
            status = exited.code
        return Ran(status, *capsys.readouterr())

    return run_line


@pytest.fixture(autouse=True)
def _environment(load: Callable[[str], Api], monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the credentials of the sandbox by environment variables, and let nothing go to a vendor."""
    for name in APIS:
        monkeypatch.setenv(f"{name}_base_url".upper(), "http://127.0.0.1:1")
        credential = next(each for scheme in load(name).security_schemes.values() for each in scheme.credentials)
        for variable in ("token", "user", "password"):
            value = getattr(credential, variable)
            if value is not None:
                monkeypatch.setenv(f"{name}_{variable}".upper(), value)


@contextmanager
def answering(answer: bytes, times: int = 1) -> Iterator[str]:
    """Give the URL of a server that answers with these bytes, or never when there are none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept: list[socket.socket] = []

        def serve() -> None:
            for _ in range(times):
                connection, _ = server.accept()
                kept.append(connection)
                connection.recv(65536)
                if answer:
                    connection.sendall(answer)
                    connection.shutdown(socket.SHUT_WR)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()
        for connection in kept:
            connection.close()


def http(status: int, body: bytes, media_type: str = "application/json") -> bytes:
    """Return an answer of HTTP."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def command(api: Api, operation: Operation) -> list[str]:
    """Return the command for an operation with the examples of its spec, each member of the body an option."""
    package = import_module(f"{api.name}_client.commands")
    found = next(each for each in package.PROGRAM.commands if operation.label in each.description)
    line = [found.group, found.name]
    for parameter in operation.parameters:
        if parameter.location == "path" or (parameter.location == "query" and parameter.examples):
            flag = [] if parameter.location == "path" else ["--" + _dashed(parameter.name)]
            line += [*flag, str(parameter.examples[0].value)]
    body = None if operation.body is None else operation.body.media_types[0].examples[0].value
    for name, value in (body or {}).items():
        line += ["--" + _dashed(name), value if isinstance(value, str) else json.dumps(value)]
    return line


def _dashed(name: str) -> str:
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in name).replace("_", "-")


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
    assert (
        done.out.splitlines()
        == [
            r"message             \x1b[31mred\n",
            "order.lines[0].sku  A",
            "order.lines[1]      {}",
            "order.paid          true",
            "n                   null",
        ]
        or done.status == 8
    )


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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ([], "GROUP"),
        (["orders"], "COMMAND"),
        (["orders", "drop"], "invalid choice: 'drop'"),
        (["orders", "cancel"], "ORDER-HANDLE"),
        (["orders", "cancel", ".."], "order_handle must not be '..'"),
        (["orders", "cancel", "A", "--type", "both"], "invalid choice: 'both'"),
        (["orders", "cancel", "A", "--type-index", "one"], "--type-index: must be JSON"),
        (["orders", "cancel", "A", "--type-index", "true"], "--type-index: must be an integer"),
        (["orders", "cancel", "A", "--metadata", "[]"], "--metadata: must be a JSON object"),
        (["orders", "cancel", "A", "--metadata", "@/nowhere.json"], "/nowhere.json cannot be read: No such file"),
        (["orders", "cancel", "A", "--metadata", "[" * 100_000], "--metadata: is nested too deeply"),
        (["orders", "cancel", "A", "--environment", "moon"], "invalid choice: 'moon'"),
        (["orders", "cancel", "A", "--base-url", "ftp://x"], "the base URL must start with http"),
        (["orders", "cancel", "A", "--timeout", "-1"], "must be a number of seconds above 0"),
        (["orders", "cancel", "A", "--attempts", "0"], "must be a whole number above 0"),
        (["orders", "cancel", "A", "--user-file", "/nowhere"], "/nowhere cannot be read"),
        (["orders", "cancel", "A", "--env", "production"], "unrecognized arguments: --env"),
    ],
)
def test_a_wrong_command_line_is_refused_before_anything_is_sent(
    run: Callable[..., Ran], line: list[str], told: str
) -> None:
    done = run("hypertrack", *line)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert len(done.err.splitlines()) <= 2


def test_what_the_spec_refuses_is_refused_before_it_is_sent(run: Callable[..., Ran]) -> None:
    done = run("ppl", "orders", "cancel", "--validate")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("ppl orders cancel: RequestValidationError: ")


def test_a_missing_credential_says_where_to_give_it(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FASTPOD_TOKEN")
    done = run("fastpod", "orders", "cancel", "A", "--base-url", "http://127.0.0.1:1")
    assert done.status == 3
    assert "FASTPOD_TOKEN" in done.err


def test_a_credential_is_read_from_a_file_and_told_nowhere(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("FASTPOD_TOKEN")
    (tmp_path / "token").write_text(f"{SECRET}\n")
    with answering(http(401, b'{"status": false, "message": "no"}')) as url:
        done = run("fastpod", "orders", "cancel", "A", "--base-url", url, "--token-file", str(tmp_path / "token"))
    assert done.status == 3
    (tmp_path / "token").write_text(f"{SECRET}\rx")
    broken = run("fastpod", "orders", "cancel", "A", "--base-url", url, "--token-file", str(tmp_path / "token"))
    assert broken.status == 3
    assert SECRET not in done.err + broken.err


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


def _process(name: str, packages: Path, *line: str, **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(packages / name)}
    return subprocess.Popen(
        [sys.executable, "-m", f"{name}_client", *line],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_the_module_runs_and_is_called_as_it_was(packages: Path) -> None:
    with _process("ppl", packages, "orders", "--help") as process:
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out.startswith("usage: python -m ppl_client orders")


def test_ctrl_c_ends_it_in_one_line(packages: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with _process("fastpod", packages, "orders", "cancel", "A", "--base-url", url) as process:
            connection, _ = server.accept()
            with connection:
                assert connection.recv(10)
                process.send_signal(signal.SIGINT)
                out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err == "Interrupted; a request that was sent may have been applied.\n"


def test_a_closed_pipe_ends_it_quietly(packages: Path) -> None:
    body = json.dumps({"message": "x" * 1_000_000}).encode()
    line = ["orders", "cancel", "--customer-reference", "1", "--base-url"]
    with answering(http(200, body)) as url, _process("ppl", packages, *line, url) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert (process.wait(), err) == (141, "")
