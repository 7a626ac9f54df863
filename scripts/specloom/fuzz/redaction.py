"""Put placeholders in the place of secrets, in whatever form they appear, such that they can be put back.

`{credential:0}` is the token or password of the first credential, `{credential:0|url}` a form of it (see `_FORMS`),
`{credential:0|first:12}` what is left of it where it was cut, and `{base64:TEXT:base64}` the Base64 of a text that
has such placeholders in it.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import quote

import attrs

from specloom.fuzz.result import Failure, Step
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Credential, SpecloomError

_FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "url": lambda secret: quote(secret, safe=""),
    "json": lambda secret: json.dumps(secret)[1:-1],
    "html": html.escape,
    "bytes": lambda secret: secret.encode().decode("latin-1"),
    "upper": str.upper,
    "lower": str.lower,
    "swapcase": str.swapcase,
}
"""Forms of a secret that requests and answers may hold, by the name that a placeholder gives them."""

# What is left of a secret is one too, unless it is so short that it is a word like any other.
_SHORTEST: Final = 6
_SHARE: Final = 0.75
_DEPTH: Final = 2
_CARRIES: Final = re.compile("auth|cookie|key|token|secret", re.IGNORECASE)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")
REDACTED: Final = "[redacted]"
"""Stands for a secret in a form that cannot be put back."""
_MARK: Final = re.compile(r"\{credential:([0-9]+)(?:\|([a-z]+)(?::([0-9]+))?)?\}|(\{base64:)|(:base64\})")
"""A placeholder, with number of the credential, name of the form and length; or a bracket of a text in Base64."""


@attrs.frozen
class Placeholder:
    """What stands for a secret: the number of its credential, the name of its form, and what is left of it."""

    index: int
    form: str = ""
    length: int = 0


@attrs.frozen
class Encoded:
    """A text that is to be written in Base64."""

    parts: tuple[str | Placeholder | Encoded, ...]


def parsed(text: str) -> tuple[str | Placeholder | Encoded, ...]:
    """Return the parts of a text with placeholders in it."""
    levels: list[list[str | Placeholder | Encoded]] = [[]]
    end = 0
    for match in _MARK.finditer(text):
        levels[-1] += filter(None, [text[end : match.start()]])
        end = match.end()
        if match[4]:
            levels.append([])
        elif match[5] and len(levels) > 1:
            inner = Encoded(tuple(levels.pop()))
            levels[-1].append(inner)
        elif match[5]:
            levels[-1].append(match[0])
        else:
            levels[-1].append(Placeholder(int(match[1]), match[2] or "", int(match[3] or 0)))
    levels[-1] += filter(None, [text[end:]])
    while len(levels) > 1:  # a bracket that is not closed is text
        rest = levels.pop()
        levels[-1] += ["{base64:", *rest]
    return tuple(levels[0])


def secret_of(credential: Credential) -> str:
    """Return the token or the password of a credential; "" when it has none."""
    return credential.token or credential.password or ""


class Redactor:
    """Takes the secrets of credentials out of texts, requests, answers and failures, and puts them back."""

    def __init__(self, credentials: Iterable[Credential], hidden: Iterable[str] = ()) -> None:
        """Take the credentials in the order in which placeholders number them.

        `hidden` are secrets that no request to the API has in it: none is put back.
        """
        given = tuple(credentials)
        self._secrets = tuple(map(secret_of, given))
        users = [each.user for each in given if each.user]
        found: dict[str, str] = {}
        for index, secret in enumerate(self._secrets):
            if secret:
                for text, placeholder in _variants(index, secret):
                    # The beginning of a password may be that of the name of its user, which is no secret.
                    if "|first:" not in placeholder or not any(user.startswith(text) for user in users):
                        found.setdefault(text, placeholder)
        self._placeholders = found
        self._pattern = _any_of(text for text, shown in found.items() if not self._is_short(shown))
        self._cut = _any_of(found)
        kept = tuple(hidden)
        self._hidden = _escaped_any_of(kept)
        self._others = _escaped_any_of((*self._secrets, *kept))

    def __repr__(self) -> str:
        return f"Redactor({len(self._secrets)} credentials)"

    def text(self, text: str) -> str:
        """Return `text` with a placeholder for each secret."""
        return self._without(text, self._pattern)

    def credential(self, text: str) -> str:
        """Return `text`, which is there to carry a credential, with a placeholder even for half a secret."""
        return self._without(text, self._cut)

    def data(self, data: bytes) -> bytes:
        """Return `data` with a placeholder for each secret."""
        return self.text(data.decode("latin-1")).encode("latin-1")

    def headers(self, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Return `headers` with a placeholder for each secret."""
        return tuple(
            (self.text(name), self.credential(value) if _CARRIES.search(name) else self.text(value))
            for name, value in headers
        )

    def request(self, request: Request) -> Request:
        """Return `request` with a placeholder for each secret."""
        body = None if request.body is None else self.data(request.body)
        return Request(request.method, self.text(request.target), self.headers(request.headers), body)

    def answer(self, answer: Answer) -> Answer:
        """Return `answer` with a placeholder for each secret."""
        return attrs.evolve(answer, headers=self.headers(answer.headers), body=self.data(answer.body))

    def step(self, step: Step) -> Step:
        """Return `step` with a placeholder for each secret."""
        answer = None if step.answer is None else self.answer(step.answer)
        return attrs.evolve(step, request=self.request(step.request), answer=answer, expected=self.text(step.expected))

    def failure(self, failure: Failure) -> Failure:
        """Return `failure` with a placeholder for each secret."""
        steps = tuple(map(self.step, failure.steps))
        return attrs.evolve(failure, message=self.text(failure.message), curl=self.text(failure.curl), steps=steps)

    def error(self, error: SpecloomError) -> SpecloomError:
        """Return `error` with a placeholder for each secret."""
        return SpecloomError(self.text(error.message), place=error.place, remedy=self.text(error.remedy))

    def _is_short(self, shown: str) -> bool:
        """Say whether a placeholder is that of so little of a secret that other texts may well have it in them."""
        part = parsed(shown)[0]
        return isinstance(part, Placeholder) and 0 < part.length < _SHARE * len(self._secrets[part.index])

    def _without(self, text: str, pattern: re.Pattern[str] | None) -> str:
        if pattern is None and self._others is None:
            return text
        if pattern is not None:
            text = pattern.sub(lambda match: self._placeholders[match[0]], text)
        if self._others is not None:
            text = self._others.sub(REDACTED, text)
        return _BASE64.sub(lambda match: self._encoded(match[0]), text)

    def restored(self, request: Request) -> Request:
        """Return `request` with its secrets put back. Raises LookupError when a placeholder names none."""
        headers = tuple((self._restore(name), self._restore(value)) for name, value in request.headers)
        body = None if request.body is None else self._restore(request.body.decode("latin-1")).encode("latin-1")
        return Request(request.method, self._restore(request.target), headers, body)

    def _restore(self, text: str) -> str:
        return "".join(map(self._filled, parsed(text)))

    def _filled(self, part: str | Placeholder | Encoded) -> str:
        if isinstance(part, Encoded):
            return base64.b64encode("".join(map(self._filled, part.parts)).encode("latin-1")).decode()
        return part if isinstance(part, str) else _form(self._secrets[part.index], part)

    def _encoded(self, text: str, depth: int = 0) -> str:
        """Return the placeholder of a text in Base64 that has a secret in it; any other text as it is."""
        try:
            decoded = base64.b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
        except binascii.Error:
            return text
        if self._hidden is not None and self._hidden.search(decoded):
            return REDACTED
        inner = self._cut.sub(lambda match: self._placeholders[match[0]], decoded) if self._cut is not None else decoded
        if inner == decoded and depth < _DEPTH:
            inner = _BASE64.sub(lambda match: self._encoded(match[0], depth + 1), decoded)
        if inner == decoded:
            return text
        if base64.b64encode(decoded.encode("latin-1")).decode() != text:
            return REDACTED  # padded otherwise than usual: it could not be put back
        return f"{{base64:{inner}:base64}}"


def _variants(index: int, secret: str) -> Iterable[tuple[str, str]]:
    """Yield the forms in which a secret may appear, and their placeholders."""
    yield secret, f"{{credential:{index}}}"
    if len(secret) < _SHORTEST:
        return
    for name, form in _FORMS.items():
        yield form(secret), f"{{credential:{index}|{name}}}"
    for length in range(len(secret) - 1, max(_SHORTEST, len(secret) // 2) - 1, -1):
        yield secret[:length], f"{{credential:{index}|first:{length}}}"
        yield secret[-length:], f"{{credential:{index}|last:{length}}}"


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    longest = sorted(texts, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))) if longest else None


def _escaped_any_of(secrets: Iterable[str]) -> re.Pattern[str] | None:
    found = [_escaped(secret) for secret in secrets if len(secret) >= _SHORTEST]
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _escaped(secret: str) -> str:
    """Return a pattern of a secret in which each character may be escaped as in URLs, JSON, HTML or Python."""
    found = []
    for character in secret:
        data = character.encode()
        point = ord(character)
        forms = [
            character,
            data.decode("latin-1"),
            "".join(f"%{byte:02x}" for byte in data),
            "".join(f"\\x{byte:02x}" for byte in data),
            json.dumps(character)[1:-1],
            html.escape(character),
            f"&#{point};",
            f"&#x{point:x};",
            f"\\u{point:04x}",
            f"\\{character}",
        ]
        found.append(f"(?:{'|'.join(map(re.escape, dict.fromkeys(forms)))})")
    return "".join(found)


def _form(secret: str, placeholder: Placeholder) -> str:
    if placeholder.form == "first":
        return secret[: placeholder.length]
    if placeholder.form == "last":
        return secret[len(secret) - placeholder.length :]
    return _FORMS[placeholder.form](secret) if placeholder.form else secret
