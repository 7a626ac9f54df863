"""Answer a request for one operation as its spec says."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import attrs

from specloom.sandbox.answers import Answerer
from specloom.sandbox.bodies import BodyReader, UnsupportedMediaTypeError
from specloom.sandbox.constraints import check_request
from specloom.sandbox.credentials import Guard
from specloom.sandbox.damage import prevents
from specloom.sandbox.exchange import Exchange
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.flapping import Flaps
from specloom.sandbox.message import Headers, Reply, Request, header_text, problem
from specloom.sandbox.parameters import ParameterReader
from specloom.sandbox.prefer import Preferences, preferred, read_preferences
from specloom.sandbox.responses import Responder
from specloom.sandbox.store import Store, StoreError
from specloom.sandbox.transition import Refusal, Transitioner
from specloom.spec import Api, Operation
from specloom.spec.behaviour import Outcome
from specloom.spec.expression import ABSENT, Scope

_MAX_ATTEMPTS: Final = 100
_MADE: Final[Mapping[str, Callable[[], str]]] = {
    "now": lambda: datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    "uuid": lambda: str(uuid.uuid4()),
}
"""What a runtime expression can name that no request holds."""
_log = logging.getLogger(__name__)


class OperationHandler:
    """Handles the requests for one operation, in the order that specs/README.md gives."""

    def __init__(self, api: Api, operation: Operation, contradictions: Container[str], store: Store) -> None:
        """Take an operation of `api`, its schemas that nothing satisfies, and the store that holds its records."""
        schemas = api.schemas
        self._api = api.name
        self._operation = operation
        self._store = store
        self._guard = Guard(operation, api.security_schemes)
        self._parameters = ParameterReader(operation.parameters, schemas, api.document, contradictions)
        self._body = BodyReader(operation.body, schemas, api.document, contradictions)
        self._responder = Responder(operation, schemas, api.document)
        self._answers = Answerer(operation, self._responder)
        self._flaps = Flaps()
        source = api.document.at(operation.pointer)
        answers = {name: answer for name, answer in source.get("x-answers", {}).items() if name == "success"}
        self._made = _named({**source, "x-answers": answers})
        self._made_to_refuse = _named(source)
        transition = operation.transition
        self._transition = None if transition is None else Transitioner(api, operation, transition, store)

    def accepts(self, request: Request, path_values: Mapping[str, str]) -> bool:
        """Say whether the parameters and the body of a request are well for this operation."""
        try:
            _, faults = self._body.read(request)
        except UnsupportedMediaTypeError:
            return False
        return not faults and not self._parameters.read(request, path_values)[1]

    async def handle(self, exchange: Exchange, path_values: Mapping[str, str]) -> Reply:
        """Return the answer to a request whose path has the parameters `path_values`."""
        exchange.api, exchange.operation = self._api, self._operation.id
        try:
            preferences = read_preferences(exchange.request)
        except ValueError as error:
            return problem(422, str(error))
        if preferences is not None and preferences.flap:
            preferences = self._flapped(exchange.request, preferences)
        if preferences is not None and prevents(preferences.fault):
            return Reply(503, delay=preferences.delay, damage=preferences.fault)
        scope = self._read(exchange, path_values, preferences)
        if isinstance(scope, Reply):
            return _sent(scope, preferences)
        try:
            return await self._perform(exchange, scope, preferences)
        except StoreError as error:
            _log.warning("the database failed: %s", error)
            return _sent(self._answers.unavailable(), preferences)

    def _flapped(self, request: Request, preferences: Preferences) -> Preferences:
        """Return what is preferred of this request of a series: to fail, with 503 unless it is said how, or nothing."""
        if not self._flaps.fails(request, preferences.flap):
            return Preferences(delay=preferences.delay, flap=preferences.flap)
        if preferences.code is None and preferences.fault is None:
            return attrs.evolve(preferences, code="503")
        return preferences

    def _read(
        self, exchange: Exchange, path_values: Mapping[str, str], preferences: Preferences | None
    ) -> dict[str, Any] | Reply:
        """Return the scope of a request that is well, else the answer to it."""
        request = exchange.request
        scope: dict[str, Any] = {name: make() for name, make in self._made}
        credential = self._guard.credential(request)
        if credential is None:
            return self._refused("unauthenticated", scope, headers=self._guard.challenge(request))
        exchange.tenant = credential.tenant or None
        if credential.forbidden and "forbidden" in self._operation.answers:
            return self._refused("forbidden", scope)
        try:
            body, faults = self._body.read(request)
        except UnsupportedMediaTypeError as error:
            return self._answers.unsupported(str(error), error.header)
        values, parameter_faults = self._parameters.read(request, path_values)
        scope |= values
        if body is not ABSENT:
            scope["request.body"] = body
        faults = [*parameter_faults, *faults] or list(check_request(self._operation.constraints, scope))
        if faults:
            return self._refused("invalid", scope, faults)
        if preferences is not None and preferences.choice:
            return self._preferred(request, preferences, scope)
        return scope

    def _refused(
        self, outcome: Outcome, scope: Scope, faults: Sequence[RequestFault] = (), headers: Headers = ()
    ) -> Reply:
        return self._answers.answer(outcome, self._with_all_made(scope), faults, headers)

    def _with_all_made(self, scope: Scope) -> Scope:
        """Return `scope` with what only the answers to refused requests name."""
        return {**{name: make() for name, make in self._made_to_refuse if name not in scope}, **scope}

    def _preferred(self, request: Request, preferences: Preferences, scope: Scope) -> Reply:
        """Return the response that is preferred, as Prism does for a request that is well."""
        try:
            reply = self._responder.chosen(
                preferences.code,
                preferences.example,
                dynamic=preferences.dynamic,
                seed=preferences.seed,
                accept=request.header_values("accept"),
            )
        except LookupError as error:
            return problem(404, str(error.args[0]))
        except ValueError as error:
            return problem(500, str(error))
        headers = (
            *self._answers.headers(reply.status, self._with_all_made(scope)),
            ("preference-applied", header_text(", ".join(preferences.choice))),
        )
        if reply.status == 401:  # noqa: PLR2004 - RFC 9110, 11.6.1
            headers = (*headers, *self._guard.challenge(request))
        return reply.with_headers(headers)

    async def _perform(self, exchange: Exchange, scope: dict[str, Any], preferences: Preferences | None) -> Reply:
        """Answer a request that is well, and do what it asks for. Raises StoreError.

        The records and the journal are written together. When another request changes a record between reading and
        writing, this one is judged anew, so that of several simultaneous cancels exactly one succeeds.
        """
        if self._transition is None:
            if self._operation.answers:
                return _sent(self._answers.answer("success", scope), preferences)
            return _sent(self._responder.chosen(accept=exchange.request.header_values("accept")), preferences)
        for _ in range(_MAX_ATTEMPTS):
            move = await self._transition.judge(exchange.tenant or "", scope)
            if isinstance(move, Refusal):
                return _sent(self._refused(move.outcome, scope, move.faults), preferences)
            first = move.scopes[0] if len(move.scopes) == 1 else scope
            reply = _sent(self._answers.answer("success", {**first, "each": move.scopes}), preferences)
            if await self._store.commit(move.changes, exchange.entry(reply, move.names)):
                exchange.is_written = True
                return reply
        return _sent(self._answers.unavailable(), preferences)  # pragma: no cover - a hundred lost races in a row


def _named(source: Any) -> list[tuple[str, Callable[[], str]]]:
    """Return what of `_MADE` a part of a document names."""
    written = json.dumps(source)
    return [(name, make) for name, make in _MADE.items() if f"${name}" in written]


def _sent(reply: Reply, preferences: Preferences | None) -> Reply:
    return reply if preferences is None else preferred(reply, preferences)
