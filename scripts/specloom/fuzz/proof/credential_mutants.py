"""Servers that let in who has no right to, or keep out who has."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.routes import Routes
from specloom.fuzz.proof.serving import Ask, Asked, Change, Told
from specloom.fuzz.rules import Rule
from specloom.spec import Api, Credential, Operation, SecurityScheme
from specloom.spec import pointer as json_pointer

Judge = Callable[[str, str], bool]
"""Says whether a server takes the secret that it is given (first) for one that it knows (second)."""

_WRONG: Final[dict[str, Judge]] = {
    "any is taken": lambda given, _: bool(given),
    "one that lacks its last character is taken": lambda given, known: given == known[:-1],
    "one that continues after its end is taken": lambda given, known: given.startswith(known),
    "one in other case is taken": lambda given, known: given.lower() == known.lower(),
}
_WRONG_PAIR: Final[dict[str, Judge]] = {
    "the password is not looked at": lambda given, known: given.partition(":")[0] == known.partition(":")[0],
    "the user is not looked at": lambda given, known: given.partition(":")[2] == known.partition(":")[2],
    "an empty password is taken": lambda given, known: given == known.partition(":")[0] + ":",
}


@attrs.frozen
class Wallet:
    """Reads and writes the credential that a request carries under one security scheme, as text (`user:password`)."""

    scheme: SecurityScheme

    def secret(self, credential: Credential) -> str:
        """Return the secret of a credential."""
        return credential.token or f"{credential.user}:{credential.password}"

    def read(self, asked: Asked, *, any_scheme: bool = False) -> str | None:
        """Return what `asked` carries; None when that is nothing, or under another HTTP scheme."""
        if self.scheme.type == "apiKey":
            return self._key(asked)
        name, _, value = (asked.header("authorization") or "").partition(" ")
        if not name or (name.lower() != self._name and not any_scheme):
            return None
        return _decoded(value) if self._name == "basic" else value.strip()

    def write(self, asked: Asked, secret: str) -> Asked:
        """Return `asked` with `secret` as its only credential."""
        if self.scheme.type == "apiKey":
            return self._with_key(asked, secret)
        value = base64.b64encode(secret.encode()).decode() if self._name == "basic" else secret
        return asked.with_header("authorization", f"{self._name.title()} {value}")

    @property
    def _name(self) -> str:
        return self.scheme.scheme or "bearer"

    def _key(self, asked: Asked) -> str | None:
        name = self.scheme.parameter or ""
        if self.scheme.location == "query":
            pairs = (pair.partition("=") for pair in asked.query.split("&"))
            return next((value for key, _, value in pairs if key == name), None)
        if self.scheme.location == "cookie":
            pairs = (pair.strip().partition("=") for pair in (asked.header("cookie") or "").split(";"))
            return next((value for key, _, value in pairs if key == name), None)
        return asked.header(name.lower())

    def _with_key(self, asked: Asked, secret: str) -> Asked:
        name = self.scheme.parameter or ""
        if self.scheme.location == "query":
            rest = [pair for pair in asked.query.split("&") if pair and pair.partition("=")[0] != name]
            return attrs.evolve(asked, query="&".join([*rest, f"{name}={secret}"]))
        if self.scheme.location == "cookie":
            return asked.with_header("cookie", f"{name}={secret}")
        return asked.with_header(name.lower(), secret)


def credential_mutants(api: Api, operation: Operation, rule: Rule) -> Iterator[Mutant]:
    """Yield the mutants of a rule about credentials."""
    name = json_pointer.split(rule.at)[-2]
    scheme = api.security_schemes[name]
    wallet, routes = Wallet(scheme), Routes(api)
    known = [each for each in scheme.credentials if not each.forbidden]
    secrets = [wallet.secret(each) for each in known]
    if rule.aspect in {"accepted", "forbidden"}:
        index = int(rule.at.rpartition("/")[2])
        yield from _of_one(api, operation, rule, wallet, index)
    elif rule.aspect == "missing" and known:
        change = _replacing(routes, operation, wallet, lambda given: None if given is not None else secrets[0])
        yield Mutant(rule, "whoever names nobody is let in", api, change)
    elif known:
        judges = _WRONG | (_WRONG_PAIR if scheme.scheme == "basic" else {})
        for text, judge in judges.items():
            yield Mutant(rule, text, api, _replacing(routes, operation, wallet, _taken(judge, scheme, wallet)))
        if scheme.type == "http":
            change = _replacing(routes, operation, wallet, lambda given: given, any_scheme=True)
            yield Mutant(rule, "the name of the HTTP scheme is not looked at", api, change)


def _of_one(api: Api, operation: Operation, rule: Rule, wallet: Wallet, index: int) -> Iterator[Mutant]:
    credential = wallet.scheme.credentials[index]
    secret, routes = wallet.secret(credential), Routes(api)
    # One that has the opposite right.
    other = next(
        (wallet.secret(each) for each in wallet.scheme.credentials if each.forbidden is not credential.forbidden), None
    )
    if credential.forbidden:
        change = _replacing(routes, operation, wallet, lambda given: other if given == secret else None)
        yield Mutant(rule, "it may call the operation", api, change)
        change = _replacing(routes, operation, wallet, lambda given: f"{secret}x" if given == secret else None)
        yield Mutant(rule, "it is answered as one that is wrong", api, change)
        return
    change = _replacing(routes, operation, wallet, lambda given: f"{secret}x" if given == secret else None)
    yield Mutant(rule, "it is refused", api, change)
    if other is not None:
        change = _replacing(routes, operation, wallet, lambda given: other if given == secret else None)
        yield Mutant(rule, "it may not call the operation", api, change)


def _taken(judge: Judge, scheme: SecurityScheme, wallet: Wallet) -> Callable[[str | None], str | None]:
    """Return what a secret is taken for; None for what it is."""
    secrets = [wallet.secret(each) for each in scheme.credentials]

    def taken(given: str | None) -> str | None:
        if given is None or given in secrets:
            return None
        return next((known for known in secrets if judge(given, known)), None)

    return taken


def _replacing(
    routes: Routes,
    operation: Operation,
    wallet: Wallet,
    taken: Callable[[str | None], str | None],
    *,
    any_scheme: bool = False,
) -> Change:
    async def change(asked: Asked, ask: Ask) -> Told:
        if routes.operation(asked) is operation:
            secret = taken(wallet.read(asked, any_scheme=any_scheme))
            asked = asked if secret is None else wallet.write(asked, secret)
        return await ask(asked)

    return change


def _decoded(value: str) -> str | None:
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError):
        return None
