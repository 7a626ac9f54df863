"""Credentials as they go out with a request: genuine ones of each tenant, and near misses of them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

import attrs

from specloom.fuzz.wire import Request
from specloom.spec import Api, Credential, Operation, SecurityScheme

Pairs = tuple[tuple[str, str], ...]


@attrs.frozen
class Pass:
    """The headers and the query parameters that carry a credential."""

    headers: Pairs = attrs.field(default=(), repr=False)
    query: Pairs = attrs.field(default=(), repr=False)


@attrs.frozen
class Variant:
    """A pass that differs from a genuine one in the way that `text` tells."""

    text: str
    carried: Pass


NOBODY: Final = Pass()


class Passes:
    """The credentials that a campaign has for one API."""

    def __init__(self, api: Api, credentials: Iterable[Credential], *, is_sandbox: bool = False) -> None:
        """Take the credentials of all tenants; a sandbox lets in any where a scheme of the spec names none."""
        self._api = api
        self._is_sandbox = is_sandbox
        self._credentials = tuple(credentials)
        self.tenants = tuple(dict.fromkeys(each.tenant for each in self._credentials if not each.forbidden)) or ("",)

    def of(self, operation: Operation, tenant: str) -> Pass | None:
        """Return a pass of `tenant` by the simplest alternative of security; None when there is no such credential."""
        return next((found for found, _ in self.all(operation, tenant)), None)

    def all(self, operation: Operation, tenant: str, *, forbidden: bool = False) -> Iterator[tuple[Pass, str]]:
        """Yield every pass of `tenant`, with the pointer of the scheme that it is for."""
        if not operation.security or () in operation.security:
            if not forbidden:
                yield NOBODY, f"{operation.pointer}/security"
            return
        for names in sorted(operation.security, key=len):
            schemes = [self._api.security_schemes[name] for name in names]
            known = [self._known(scheme, tenant, forbidden=forbidden) for scheme in schemes]
            if all(known):
                for index in range(max(map(len, known))):
                    chosen = [found[min(index, len(found) - 1)] for found in known]
                    yield _together(map(_carried, schemes, chosen)), schemes[0].pointer

    def is_guarded(self, operation: Operation) -> bool:
        """Say whether an operation demands a credential that a request shows."""
        kinds = [[self._api.security_schemes[name].type for name in names] for names in operation.security]
        return bool(kinds) and not any(set(each) <= {"mutualTLS"} for each in kinds)

    def wrong(self, operation: Operation, tenant: str) -> Iterator[Variant]:
        """Yield passes that every server has to refuse."""
        yield Variant("no credential", NOBODY)
        for names in operation.security:
            schemes = [self._api.security_schemes[name] for name in names]
            known = [self._known(scheme, tenant) for scheme in schemes]
            if not all(known):
                continue
            genuine = [_carried(scheme, found[0]) for scheme, found in zip(schemes, known, strict=True)]
            for index, (scheme, found) in enumerate(zip(schemes, known, strict=True)):
                others = [*genuine[:index], *genuine[index + 1 :]]
                rest = {name for name in names if name != scheme.name}
                if others and not any(set(each) <= rest for each in operation.security):
                    yield Variant(f"no {scheme.name}", _together(others))
                if self._is_sandbox and not scheme.credentials:
                    continue
                for variant in self._near_misses(scheme, found[0]):
                    yield Variant(variant.text, _together([*others, variant.carried]))

    def equal(self, operation: Operation, tenant: str, *, is_sandbox: bool) -> Iterator[Variant]:
        """Yield other spellings of a genuine pass, which every server has to take (RFC 9110, 11.1).

        That more than one space may follow the scheme (11.4) is held against a sandbox alone: few servers know it.
        """
        found = self.of(operation, tenant) or NOBODY
        for name, value in found.headers:
            scheme, space, rest = value.partition(" ")
            if name.lower() == "authorization" and space:
                for spelt in (scheme.lower(), scheme.upper(), *([f"{scheme}  "] if is_sandbox else ())):
                    if spelt != scheme:
                        headers = tuple((n, f"{spelt} {rest}" if n == name else v) for n, v in found.headers)
                        yield Variant(f"the scheme written {spelt!r}", Pass(headers, found.query))

    def _known(self, scheme: SecurityScheme, tenant: str, *, forbidden: bool = False) -> list[Credential]:
        if scheme.type == "mutualTLS":
            return [Credential(tenant)]  # the connection shows it
        is_basic = scheme.scheme == "basic"
        return [
            each
            for each in self._credentials
            if (each.tenant, each.forbidden) == (tenant, forbidden) and (each.user if is_basic else each.token)
        ]

    def _near_misses(self, scheme: SecurityScheme, credential: Credential) -> Iterator[Variant]:
        known = {(each.token, each.user, each.password) for each in self._credentials}
        if scheme.scheme == "basic":
            user, password = str(credential.user), str(credential.password)
            partners = [each for each in self._credentials if each.user and each.user != user]
            for text, value in _basic(user, password, partners):
                yield Variant(text, Pass((("Authorization", value),)))
            return
        token = str(credential.token)
        for text, other in _tokens(token):
            if (other, None, None) not in known and other != token:
                yield Variant(text, _carried(scheme, Credential("", token=other)))
        if scheme.type != "apiKey":
            for text, value in _bearers(token):
                yield Variant(text, Pass((("Authorization", value),)))
            yield Variant("the token in the query", Pass((), (("access_token", token),)))
            yield Variant("the token in another header", Pass((("X-Api-Key", token),)))
        elif scheme.parameter:
            yield Variant("the key as a bearer token", Pass((("Authorization", f"Bearer {token}"),)))
            elsewhere = (
                Pass((), ((scheme.parameter, token),))
                if scheme.location != "query"
                else Pass(((scheme.parameter, token),))
            )
            yield Variant("the key in another part of the request", elsewhere)


def _carried(scheme: SecurityScheme, credential: Credential) -> Pass:
    if scheme.scheme == "basic":
        return Pass((("Authorization", f"Basic {_base64(f'{credential.user}:{credential.password}')}"),))
    if scheme.type == "mutualTLS":
        return NOBODY
    token = str(credential.token)
    if scheme.type != "apiKey" or scheme.parameter is None:
        name = scheme.scheme or "bearer"  # oauth2 and openIdConnect send bearer tokens
        return Pass((("Authorization", f"{name.title()} {token}"),))
    if scheme.location == "query":
        return Pass((), ((scheme.parameter, token),))
    if scheme.location == "cookie":
        return Pass((("Cookie", f"{scheme.parameter}={token}"),))
    return Pass(((scheme.parameter, token),))


def carried_by(api: Api, operation: Operation, request: Request) -> Iterator[tuple[str, int]]:
    """Yield the scheme and the index of each credential of the spec that a request carries."""
    for name in dict.fromkeys(name for names in operation.security for name in names):
        scheme = api.security_schemes[name]
        for index, credential in enumerate(scheme.credentials):
            found = _carried(scheme, credential)
            target = f"{request.target}&"
            if all(each in request.headers for each in found.headers) and all(
                f"{quote(key, safe='')}={quote(value, safe='')}&" in target for key, value in found.query
            ):
                yield name, index


def _together(passes: Iterable[Pass]) -> Pass:
    found = tuple(passes)
    return Pass(tuple(p for each in found for p in each.headers), tuple(p for each in found for p in each.query))


def _tokens(token: str) -> Iterator[tuple[str, str]]:
    half = len(token) // 2
    yield "an unknown token", "unknown-" + token[::-1]
    yield "a token without its last character", token[:-1]
    yield "a token without its first character", token[1:]
    yield "the first half of a token", token[:half]
    yield "a token and one character", token + "x"
    yield "one character and a token", "x" + token
    yield "a token in upper case", token.upper()
    yield "a token in lower case", token.lower()
    yield "a token with its case swapped", token.swapcase()
    yield "a token with another last character", token[:-1] + ("y" if token[-1:] != "y" else "z")
    yield "a token with another first character", ("y" if token[:1] != "y" else "z") + token[1:]
    yield "a token twice", token + token
    yield "the character of a token that is most like none", token[:1]
    yield "a wildcard", "*"
    yield "a wildcard of SQL", "%"
    yield "the word null", "null"


def _bearers(token: str) -> Iterator[tuple[str, str]]:
    yield "a scheme alone", "Bearer"
    yield "a scheme and no token", "Bearer "
    yield "a token without a scheme", token
    yield "another scheme", f"Basic {token}"
    yield "an unknown scheme", f"Token {token}"
    yield "a scheme with one more letter", f"Bearerx {token}"
    yield "a scheme with one letter less", f"Beare {token}"
    yield "a scheme and a token without a space", f"Bearer{token}"
    yield "a token in quotes", f'Bearer "{token}"'
    yield "a token in Basic", f"Basic {_base64(token + ':')}"
    yield "a token and another word", f"Bearer {token} x"
    yield "a token after another word", f"Bearer x {token}"


def _basic(user: str, password: str, others: Iterable[Credential]) -> Iterator[tuple[str, str]]:
    for text, pair in (
        ("a wrong password", f"{user}:{password}x"),
        ("a password without its last character", f"{user}:{password[:-1]}"),
        ("a password without its first character", f"{user}:{password[1:]}"),
        ("a password with its case swapped", f"{user}:{password.swapcase()}"),
        ("an empty password", f"{user}:"),
        ("a wrong user", f"{user}x:{password}"),
        ("a user without its last character", f"{user[:-1]}:{password}"),
        ("a user with its case swapped", f"{user.swapcase()}:{password}"),
        ("an empty user", f":{password}"),
        ("neither user nor password", ":"),
        ("a user and no colon", user),
        ("user and password and no colon", f"{user}{password}"),
        ("a password alone", password),
        ("user and password swapped", f"{password}:{user}"),
        ("a colon after the password", f"{user}:{password}:"),
        ("a colon before the password", f"{user}::{password}"),
        ("a colon and a word after the password", f"{user}:{password}:x"),
        ("a space after the password", f"{user}:{password} "),
        ("a line feed after the password", f"{user}:{password}\n"),
        ("the user as the password", f"{user}:{user}"),
    ):
        if pair != f"{user}:{password}":
            yield text, f"Basic {_base64(pair)}"
    for other in others:
        if other.password != password:
            yield "the password of another user", f"Basic {_base64(f'{user}:{other.password}')}"
    encoded = _base64(f"{user}:{password}")
    yield "another scheme", f"Bearer {encoded}"
    yield "another scheme and the password", f"Bearer {password}"
    yield "no scheme", encoded
    yield "a scheme alone", "Basic"
    yield "a scheme with one more letter", f"Basicx {encoded}"
    yield "a scheme and a credential without a space", f"Basic{encoded}"
    yield "user and password that are not encoded", f"Basic {user}:{password}"
    yield "what is no Base64", "Basic !!!!"
    yield "Base64 of what is no UTF-8", "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode()
    yield "Base64 that is cut", f"Basic {encoded[:-5]}"
    yield "credentials that are encoded twice", f"Basic {_base64(encoded)}"


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
