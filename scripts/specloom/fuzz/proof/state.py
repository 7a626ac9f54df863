"""Read and write the records behind a server through its control plane, as a request names them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from specloom.fuzz.proof.routes import Routes
from specloom.fuzz.proof.serving import Ask, Asked, Told
from specloom.fuzz.proof.wallet import Wallet
from specloom.fuzz.scope import items, matched, member
from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import RecordKind, Transition

Record = dict[str, Any]


class State:
    """The records that one operation moves."""

    def __init__(self, api: Api, operation: Operation, transition: Transition) -> None:
        """Take an operation of `api` and its transition."""
        self.api = api
        self.operation = operation
        self.transition = transition
        self.kind: RecordKind = api.records[transition.record]
        self.routes = Routes(api)

    def is_meant(self, asked: Asked) -> bool:
        """Say whether `asked` is for the operation."""
        return self.routes.operation(asked) is self.operation

    def succeeded(self, told: Told) -> bool:
        """Say whether `told` is the documented success."""
        answer = self.operation.answers.get("success")
        return 200 <= told.status < 300 if answer is None else str(told.status) == answer.status  # noqa: PLR2004 - RFC 9110, 15.3

    def tenant(self, asked: Asked) -> str:
        """Return the tenant whose credential `asked` carries; the first one when it carries none that is known."""
        for name in dict.fromkeys(name for names in self.operation.security for name in names):
            wallet = Wallet(self.api.security_schemes[name])
            given = wallet.read(asked)
            for credential in wallet.scheme.credentials:
                if given == wallet.secret(credential):
                    return credential.tenant
        return self.api.tenants[0]

    def named(self, asked: Asked) -> list[tuple[str, Any, str]]:
        """Return (key pointer, value, pointer of the element) of each record that `asked` names."""
        found = []
        for scope in items(self.operation, self.routes.scope(asked)):
            given = matched(self.operation, scope)
            key = next((pointer for pointer in given if pointer in self.kind.keys), None)
            if key is not None:
                found.append((key, given[key], scope.get("item_pointer", "")))
        return found

    def renamed(self, asked: Asked, index: int, value: Any) -> Asked:
        """Return `asked` with `value` as the key of the record that it names at `index`."""
        key, _, item = self.named(asked)[index]
        expression = next(each for pointer, each in self.transition.match if pointer == key)
        return self.routes.with_value(asked, expression, item, value)

    async def all(self, ask: Ask, tenant: str, state: str | None = None) -> list[Record]:
        """Return the records of a tenant that are in `state`, or all."""
        query = {"tenant": tenant} | ({} if state is None else {"state": state})
        return await self._get(ask, query)

    async def movable(self, ask: Ask, tenant: str, besides: list[Any], key: str) -> Record | None:
        """Return a record of a tenant that can be moved and whose `key` is none of `besides`."""
        for state in self.transition.from_states:
            for record in reversed(await self.all(ask, tenant, state)):
                if member(record, key) not in besides:
                    return record
        return None

    async def read(self, ask: Ask, tenant: str, key: str, value: Any) -> Record | None:
        """Return the record of a tenant that has `value` at `key`."""
        found = await self._get(ask, {"tenant": tenant, "key": key, "value": json.dumps(value)})
        return found[0] if found else None

    async def write(self, ask: Ask, tenant: str, record: Record) -> None:
        """Put a record in place of the one with its keys."""
        body = json.dumps({"records": [{"tenant": tenant, "record": record}]}).encode()
        await ask(Asked("POST", self._path, body=body))

    def moved(self, record: Record) -> Record:
        """Return a copy of `record` in the state that a success leads to."""
        copy: Record = json.loads(json.dumps(record))
        json_pointer.put(copy, self.kind.state, self.transition.to_state)
        return copy

    @property
    def _path(self) -> str:
        return f"/_sandbox/{self.api.name}/records/{self.kind.name}"

    async def _get(self, ask: Ask, query: dict[str, str]) -> list[Record]:
        told = await ask(Asked("GET", self._path, urlencode(query)))
        return [entry["record"] for entry in told.json["records"]]
