"""What a server does to other records than it should: the layers around its app that make it do so."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import attrs

from specloom.fuzz.proof.serving import Ask, Asked, Change, Told
from specloom.fuzz.proof.state import State
from specloom.fuzz.proof.wallet import Wallet
from specloom.fuzz.scope import member
from specloom.spec import pointer as json_pointer

Named = Callable[[Any, Any], bool]
"""Says whether a server takes the key that it is given (first) for that of a record (second)."""


def lost(state: State, lost: slice) -> Change:
    """Put back the records of a success that are in the slice `lost` of those that it names."""

    async def change(asked: Asked, ask: Ask) -> Told:
        if not state.is_meant(asked):
            return await ask(asked)
        tenant = state.tenant(asked)
        before = [await state.read(ask, tenant, key, value) for key, value, _ in state.named(asked)[:200][lost]]
        told = await ask(asked)
        if state.succeeded(told):
            for record in before:
                if record is not None:
                    await state.write(ask, tenant, record)
        return told

    return change


def another_moved(state: State) -> Change:
    """Move another record than the last one named, and speak of the one that is meant."""

    async def change(asked: Asked, ask: Ask) -> Told:
        named = state.named(asked) if state.is_meant(asked) else []
        if not named:
            return await ask(asked)
        key, value, _ = named[-1]
        tenant = state.tenant(asked)
        record = await state.read(ask, tenant, key, value)
        other = await state.movable(ask, tenant, [each[1] for each in named], key)
        if other is None or record is None or member(record, state.kind.state) not in state.transition.from_states:
            return await ask(asked)
        told = await ask(state.renamed(asked, -1, member(other, key)))
        speaking = json.dumps(value)[1:-1].encode() if isinstance(value, str) else json.dumps(value).encode()
        return attrs.evolve(told, body=told.body.replace(str(member(other, key)).encode(), speaking))

    return change


def nearly_named(state: State, named: Named) -> Change:
    """Take a key that no record has for that of a record by which it is `named`."""

    async def change(asked: Asked, ask: Ask) -> Told:
        if state.is_meant(asked):
            tenant = state.tenant(asked)
            for index, (key, value, _) in enumerate(state.named(asked)[:200]):
                if await state.read(ask, tenant, key, value) is None:
                    found = [member(record, key) for record in await state.all(ask, tenant)]
                    # The last one that can be moved is the least likely to be used otherwise.
                    match = next((each for each in reversed(found) if named(value, each)), None)
                    asked = asked if match is None else state.renamed(asked, index, match)
        return await ask(asked)

    return change


def moved_beside(state: State, *, same_tenant: bool, refused: bool = False) -> Change:
    """Move a record that is not named, after a success or, if `refused`, after a refusal."""

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        if state.is_meant(asked) and state.succeeded(told) is not refused:
            named = state.named(asked)
            mine = state.tenant(asked)
            tenant = mine if same_tenant else next(each for each in state.api.tenants if each != mine)
            other = await state.movable(ask, tenant, [each[1] for each in named], state.kind.keys[0])
            if other is not None:
                await state.write(ask, tenant, state.moved(other))
        return told

    return change


def moved_although_refused(state: State) -> Change:
    """Move the records that a refused request names."""

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        if state.is_meant(asked) and not state.succeeded(told):
            tenant = state.tenant(asked)
            for key, value, _ in state.named(asked)[:200]:
                record = await state.read(ask, tenant, key, value)
                if record is not None:
                    await state.write(ask, tenant, state.moved(record))
        return told

    return change


def more_changed(state: State) -> Change:
    """Change a member of the record that the transition does not speak of."""
    spoken = _spoken(state)

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        if state.is_meant(asked) and state.succeeded(told):
            tenant = state.tenant(asked)
            for key, value, _ in state.named(asked)[-1:]:
                record = await state.read(ask, tenant, key, value)
                if record is not None and _touch(record, "", spoken):
                    await state.write(ask, tenant, record)
        return told

    return change


def _spoken(state: State) -> set[str]:
    return {state.kind.state, *state.kind.keys, *(pointer for pointer, _ in state.transition.changes)}


def _touch(value: Any, at: str, spoken: set[str]) -> bool:
    """Change the first text or number in `value` that no pointer of `spoken` leads to or past; say whether one is."""
    for name, each in list(value.items()):
        pointer = at + json_pointer.join(name)
        if any(f"{other}/".startswith(f"{pointer}/") for other in spoken):
            if isinstance(each, dict) and pointer not in spoken and _touch(each, pointer, spoken):
                return True
        elif isinstance(each, str):
            value[name] = f"{each}x"
            return True
        elif isinstance(each, int | float) and not isinstance(each, bool):
            value[name] = each + 1
            return True
        elif isinstance(each, dict) and _touch(each, pointer, spoken):
            return True
    return False


def half_done(state: State, *, stop: bool = False) -> Change:
    """Do the elements of a refused batch one by one; with `stop`, up to the first that is refused."""
    each = state.transition.each
    assert each is not None  # noqa: S101 - it is for batches alone

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        if not state.is_meant(asked) or state.succeeded(told):
            return told
        body = asked.json
        for pointer, item in list(each.find({"request.body": body}))[:200]:
            alone = json.loads(json.dumps(body))
            json_pointer.put(alone, pointer.rpartition("/")[0], [item])
            one = await ask(asked.with_json(alone))
            if stop and not state.succeeded(one):
                break
        return told

    return change


def for_any_tenant(state: State) -> Change:
    """Ask again for each other tenant what is refused for one."""

    async def change(asked: Asked, ask: Ask) -> Told:
        told = await ask(asked)
        unknown = state.operation.answers.get("unknown-record")
        if not state.is_meant(asked) or unknown is None or str(told.status) != unknown.status:
            return told
        for names in state.operation.security[:1]:
            for scheme in (state.api.security_schemes[name] for name in names):
                wallet = Wallet(scheme)
                for credential in scheme.credentials:
                    again = await ask(wallet.write(asked, wallet.secret(credential)))
                    if state.succeeded(again):
                        return again
        return told

    return change


def has_more(state: State) -> bool:
    """Say whether records have members that the transition does not speak of."""
    _, record = next(iter(state.kind.seeded()), ("", {}))
    return _touch(copy.deepcopy(record), "", _spoken(state))
