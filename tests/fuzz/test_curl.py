"""A curl line says to the shell what was sent, and leaves the secrets to variables."""

from __future__ import annotations

import subprocess
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.fuzz.curl import Redactor
from specloom.spec import Credential

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
# A stand-in that prints the arguments, and what comes in when it is to be read from standard input.
CURL = """curl() { printf '%s\\0' "$@"; case " $* " in *' @- '*) cat;; esac; }; """


def _arguments(line: str, **variables: str) -> list[str]:
    """Return the arguments that the shell gives to curl."""
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".sh") as script:
        script.write(CURL + line)
        script.flush()
        environment = {"PATH": "/usr/bin:/bin", **variables}
        done = subprocess.run(["bash", script.name], env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\0")


@settings(max_examples=40)
@given(header=WORDS, body=WORDS, query=WORDS)
def test_the_shell_hands_over_what_was_sent(header: str, body: str, query: str) -> None:
    redactor = Redactor(Credential("north", token="t0ken-of-the-test"))  # noqa: S106 - made up
    url = f"http://127.0.0.1/a?{query}"
    line = redactor.curl("POST", url, {"X-Note": header, "User-Agent": "hidden"}, body.encode())
    assert _arguments(line)[4:] == ["--header", f"X-Note: {header}", "--data-binary", body, url, ""]


@pytest.mark.parametrize(
    ("credential", "authorization", "expected"),
    [
        (Credential("n", token="s3cret"), "Bearer s3cret", ["--header", "Authorization: Bearer s3cret"]),  # noqa: S106
        (Credential("n", user="u", password="s3cret"), "Basic abc", ["--user", "u:s3cret"]),  # noqa: S106 - made up
        (Credential("n", token="s3cret"), None, ["--header", "Authorization: x s3cret y"]),  # noqa: S106 - made up
    ],
)
def test_a_secret_is_left_to_a_variable(credential: Credential, authorization: str | None, expected: list[str]) -> None:
    redactor = Redactor(credential, authorization)
    line = redactor.curl("POST", "http://a/", {"Authorization": authorization or "x s3cret y"}, None)
    assert "s3cret" not in line
    assert "abc" not in line
    variables = {"SPECLOOM_TOKEN": "s3cret", "SPECLOOM_USER": "u", "SPECLOOM_PASSWORD": "s3cret"}
    assert _arguments(line, **variables)[4:6] == expected


def test_a_body_longer_than_an_argument_may_be_is_handed_over_as_input() -> None:
    body = '{"a": "' + "x'$" * 100_000 + '"}'
    line = Redactor(Credential("n")).curl("POST", "http://a/", {}, body.encode())
    assert _arguments(line)[4:] == ["--data-binary", "@-", "http://a/", body + "\n"]


def test_a_body_that_is_no_text_is_written_byte_by_byte() -> None:
    line = Redactor(Credential("n")).curl("POST", "http://a/", {}, b"\xff'\x01")
    assert line.endswith("--data-binary $'\\xff\\x27\\x01' http://a/")


def test_a_message_has_no_secret_and_an_end() -> None:
    redactor = Redactor(Credential("n", token="s3cret", password="h1dden"), "Bearer s3cret")  # noqa: S106 - made up
    message = redactor.text("sent Bearer s3cret, h1dden; " + "x" * 10_000)
    assert message.startswith("sent [redacted], [redacted]; x")
    assert len(message) < 3000
