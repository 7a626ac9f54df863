"""The command line of a package refuses before anything is sent, and says why without telling a secret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.generated.commanding import Ran, answering, http

pytestmark = pytest.mark.usefixtures("sandbox_credentials")

SECRET = "canary-7f3a"


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
