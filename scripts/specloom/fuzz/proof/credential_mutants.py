"""Servers that let in who has no right to, or keep out who has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from specloom.fuzz.proof.mutant import Mutant
from specloom.fuzz.proof.routes import Routes
from specloom.fuzz.proof.serving import Ask, Asked, Change, Told
from specloom.fuzz.proof.wallet import Wallet
from specloom.fuzz.rules import Rule
from specloom.spec import Api, Operation, SecurityScheme
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
