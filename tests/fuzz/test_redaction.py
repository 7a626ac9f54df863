"""Secrets are taken out of all that a campaign says, in whatever form, and can be put back into a request."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.fuzz import Failure, Step
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Credential

CANARY = 'c4nary/"Ünsafe&<token>'
SECRETS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=40)
AROUND = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "escaped for a URL": lambda secret: quote(secret, safe=""),
    "escaped for JSON": json.dumps,
    "in Base64": lambda secret: base64.b64encode(f"user:{secret}".encode()).decode(),
    "in capitals": str.upper,
    "without its last character": lambda secret: secret[:-1],
    "without its first character": lambda secret: secret[1:],
    "its first half": lambda secret: secret[: max(6, len(secret) // 2)],
    "in Base64 twice": lambda secret: base64.b64encode(base64.b64encode(secret.encode())).decode(),
}


@pytest.mark.parametrize("form", FORMS)
@given(secret=SECRETS, before=AROUND, after=AROUND)
def test_a_secret_is_replaced_and_can_be_put_back(form: str, secret: str, before: str, after: str) -> None:
    shown = FORMS[form](secret)
    redactor = Redactor([Credential("n", token="another-credential"), Credential("n", token=secret)])  # noqa: S106
    text = f"{before} {shown} {after}"
    request = Request("POST", text, (("Authorization", text),), text.encode())
    redacted = redactor.request(request)
    places = (redacted.headers[0][1], redacted.target, (redacted.body or b"").decode())
    for place in places[:1] if form == "its first half" else places:
        assert shown not in place or shown in "{credential:0|lower}{credential:1|first}:base64}"
    assert redactor.restored(redacted) == request


def test_no_part_of_a_failure_shows_a_secret() -> None:
    redactor = Redactor([Credential("n", token=CANARY)])
    echoed = f"{CANARY} {json.dumps(CANARY)} {quote(CANARY)}".encode()
    step = Step(Request("POST", f"/{CANARY}", (("a", CANARY),), echoed), Answer(500, (("b", CANARY),), echoed), CANARY)
    failure = Failure("POST /", "c", f"it was {CANARY}", f"curl {CANARY}", steps=(step,))
    assert "nary" not in repr(redactor.failure(failure)) + repr(redactor)
    assert redactor.failure(redactor.failure(failure)) == redactor.failure(failure)


def test_without_secrets_nothing_changes() -> None:
    request = Request("POST", "/{credential}", (), b"\xff\x00")
    assert Redactor([Credential("n")]).request(request) == request
    assert Redactor([]).text("c2VjcmV0c2VjcmV0") == "c2VjcmV0c2VjcmV0"
