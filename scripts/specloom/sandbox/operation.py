"""Answer a request for one operation as its spec says."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import attrs

from specloom.sandbox.answers import Answerer
from specloom.sandbox.bodies import BodyReader, UnsupportedMediaTypeError
from specloom.sandbox.constraints import check_request
from specloom.sandbox.credentials import Guard
from specloom.sandbox.damage import prevents
from specloom.sandbox.flapping import Flaps
from specloom.sandbox.message import Reply, Request, problem
from specloom.sandbox.parameters import ParameterReader
from specloom.sandbox.prefer import Preferences, preferred, read_preferences
from specloom.sandbox.responses import Responder
from specloom.sandbox.samples import Sampler
from specloom.sandbox.store import Store
from specloom.sandbox.transition import Refusal, Transitioner
from specloom.spec import Api, Operation, Schemas
from specloom.spec.expression import ABSENT, Scope


class OperationHandler:
    """Handles the requests for one operation, in the order that specs/README.md gives."""

    def __init__(self, api: Api, operation: Operation, schemas: Schemas, store: Store) -> None:
        """Take an operation of `api`, the schemas of its document, and the store that holds its records."""
        self._operation = operation
        self._guard = Guard(operation, api.security_schemes)
        self._parameters = ParameterReader(operation.parameters, schemas, api.document)
        self._body = BodyReader(operation.body, schemas, api.document)
        self._responder = Responder(operation, Sampler(api.document, schemas), api.document)
        self._answers = Answerer(operation, self._responder)
        self._flaps = Flaps()
        transition = operation.transition
        self._transition = None if transition is None else Transitioner(api, operation, transition, store)

    def handle(self, request: Request, path_values: Mapping[str, str]) -> Reply:
        """Return the answer to `request`, whose path has the parameters `path_values`."""
        try:
            preferences = read_preferences(request)
        except ValueError as error:
            return problem(422, str(error))
        if preferences is None:
            return self._handle(request, path_values)
        if preferences.flap:
            preferences = self._flapped(request, preferences)
        if prevents(preferences.fault):
            return Reply(503, delay=preferences.delay, damage=preferences.fault)
        return preferred(self._handle(request, path_values, preferences), preferences)

    def _flapped(self, request: Request, preferences: Preferences) -> Preferences:
        """Return what is preferred of this request of a series: to fail, with 503 unless it is said how, or nothing."""
        if not self._flaps.fails(request, preferences.flap):
            return Preferences(delay=preferences.delay, flap=preferences.flap)
        if preferences.code is None and preferences.fault is None:
            return attrs.evolve(preferences, code="503")
        return preferences

    def _handle(
        self,
        request: Request,
        path_values: Mapping[str, str],
        preferences: Preferences | None = None,
    ) -> Reply:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        scope: dict[str, Any] = {"now": now, "uuid": str(uuid.uuid4())}
        credential = self._guard.credential(request)
        if credential is None:
            return self._answers.answer("unauthenticated", scope, headers=self._guard.challenge(request))
        if credential.forbidden and "forbidden" in self._operation.answers:
            return self._answers.answer("forbidden", scope)
        try:
            body, faults = self._body.read(request)
        except UnsupportedMediaTypeError as error:
            return self._answers.unsupported(str(error), error.header)
        values, parameter_faults = self._parameters.read(request, path_values)
        scope |= {f"request.{location}": found for location, found in values.items()}
        if body is not ABSENT:
            scope["request.body"] = body
        faults = [*parameter_faults, *faults] or list(check_request(self._operation.constraints, scope))
        if faults:
            return self._answers.answer("invalid", scope, faults)
        if preferences is not None and preferences.choice:
            return self._preferred(request, preferences, scope)
        return self._perform(request, credential.tenant, scope)

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
        headers = (*self._answers.headers(reply.status, scope), ("preference-applied", ", ".join(preferences.choice)))
        if reply.status == 401:  # noqa: PLR2004 - RFC 9110, 11.6.1
            headers = (*headers, *self._guard.challenge(request))
        return reply.with_headers(headers)

    def _perform(self, request: Request, tenant: str, scope: dict[str, Any]) -> Reply:
        if self._transition is None:
            if not self._operation.answers:
                return self._responder.chosen(accept=request.header_values("accept"))
            return self._answers.answer("success", scope)
        outcome = self._transition.run(tenant, scope)
        if isinstance(outcome, Refusal):
            return self._answers.answer(outcome.outcome, scope, outcome.faults)
        first = outcome[0] if len(outcome) == 1 else scope
        return self._answers.answer("success", {**first, "each": outcome})
