"""A curl line says to the shell what was sent, byte by byte, and leaves the secrets to variables."""

from __future__ import annotations

import base64
import subprocess
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.fuzz import Step, curl
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.wire import Request
from specloom.spec import Credential

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
# A stand-in that prints the arguments, and what comes in when it is to be read from standard input.
CURL = """curl() { printf '%s\\0' "$@"; case " $* " in *' @- '*) cat;; esac; }; """


def _arguments(line: str, **variables: str) -> list[bytes]:
    """Return the arguments that the shell gives to curl."""
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".sh") as script:
        script.write(CURL + line)
        script.flush()
        environment = {"PATH": "/usr/bin:/bin", **variables}
        done = subprocess.run(["bash", script.name], env=environment, capture_output=True, check=True)
    return done.stdout.split(b"\0")


@settings(max_examples=40)
@given(header=ASCII, body=st.binary(min_size=1), query=ASCII)
def test_the_shell_hands_over_what_was_sent(header: str, body: bytes, query: str) -> None:
    request = Request("POST", f"?{query}", (("X-Note", header), ("User-Agent", "hidden")), body)
    found = _arguments(curl.curl_line("http://127.0.0.1/a", request, ()))
    url = f"http://127.0.0.1/a?{query}".encode()
    assert found[4:8] == [b"--header", f"X-Note: {header}".encode(), b"--header", b"Content-Type:"]
    if b"\0" in body:
        assert found[8:11] == [b"--data-binary", b"@-", url]
        assert b"\0".join(found[11:]) == body
    else:
        assert found[8:] == [b"--data-binary", body, url, b""]


@given(text=WORDS)
@settings(max_examples=20)
def test_text_is_sent_as_utf8_and_can_be_read(text: str) -> None:
    request = Request("POST", "/", (("content-type", "text/plain"),), text.encode())
    assert _arguments(curl.curl_line("http://a", request, ()))[6:] == [
        b"--data-binary",
        text.encode(),
        b"http://a/",
        b"",
    ]


@pytest.mark.parametrize(
    ("credential", "value", "expected"),
    [
        (Credential("n", token="s3cret-s3cret"), "Bearer s3cret-s3cret", "Bearer s3cret-s3cret"),  # noqa: S106 - made up
        (Credential("n", token="s3cret-s3cret"), "bearer S3CRET-S3CRET", "bearer S3CRET-S3CRET"),  # noqa: S106 - made up
        (Credential("n", token="s3cret-s3cret"), "Bearer s3cret-s3cre", "Bearer s3cret-s3cre"),  # noqa: S106 - made up
        (Credential("n", token="s3cret-s3cret"), "Bearer 3cret-s3cretx", "Bearer 3cret-s3cretx"),  # noqa: S106 - made up
        (Credential("n", token="s3cret/s3cret"), "Bearer s3cret%2Fs3cret", "Bearer s3cret%2Fs3cret"),  # noqa: S106 - made up
        (Credential("n", user="u", password="s3cret-s3"), "Basic dTpzM2NyZXQtczN4", "Basic dTpzM2NyZXQtczN4"),  # noqa: S106 - made up
    ],
)
def test_a_secret_is_left_to_a_variable_whatever_its_form(credential: Credential, value: str, expected: str) -> None:
    secret = credential.token or credential.password or ""
    request = Redactor([credential]).request(Request("POST", "/", (("Authorization", value),)))
    names = curl.variables([credential])
    line = curl.curl_line("http://a", request, names)
    assert "s3cret" not in line.lower()
    assert "dTpzM2NyZXQtcz" not in line
    assert _arguments(line, **{names[0]: secret})[4:6] == [b"--header", f"Authorization: {expected}".encode()]


def test_basic_credentials_are_given_as_users_do() -> None:
    credential = Credential("n", user="u", password="s3cret-s3cret")  # noqa: S106 - made up
    pair = base64.b64encode(b"u:s3cret-s3cret").decode()
    request = Redactor([credential]).request(Request("POST", "/", (("authorization", f"Basic {pair}"),)))
    line = curl.curl_line("http://a", request, curl.variables([credential]))
    assert '--user "$SPECLOOM_USER:$SPECLOOM_PASSWORD"' in line


def test_each_credential_has_a_variable_of_its_own() -> None:
    given = [
        Credential("north", token="a", forbidden=True),  # noqa: S106 - made up
        Credential("north", token="b"),  # noqa: S106 - made up
        Credential("the-south", user="c", password="c"),  # noqa: S106 - made up
        Credential("north", token="d"),  # noqa: S106 - made up
    ]
    expected = ("SPECLOOM_TOKEN_NORTH", "SPECLOOM_TOKEN", "SPECLOOM_PASSWORD_THE_SOUTH", "SPECLOOM_TOKEN_NORTH_3")
    assert curl.variables(given) == expected


def test_a_body_longer_than_an_argument_may_be_is_handed_over_as_input() -> None:
    body = b'{"a": "' + b"x'$\\" * 100_000 + b'"}'
    line = curl.curl_line("http://a", Request("POST", "/", (("content-type", "a/b"),), body), ())
    assert _arguments(line)[6:] == [b"--data-binary", b"@-", b"http://a/", body]


def test_several_steps_are_a_script_that_says_what_is_expected() -> None:
    steps = [Step(Request("POST", f"/{name}"), None, f"{name}\nsucceeds") for name in ("one", "two")]
    lines = curl.script("http://a", steps, ()).split("\n")
    assert lines[0::2] == ["# 1. one succeeds", "# 2. two succeeds"]
    assert lines[1].endswith("http://a/one")
    assert lines[3].endswith("http://a/two")
