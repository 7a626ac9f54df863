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
from specloom.sandbox.message import Reply, Request, problem
from specloom.sandbox.parameters import ParameterReader
from specloom.sandbox.prefer import Preferences, read_preferences
from specloom.sandbox.store import Store
from specloom.sandbox.transition import Refusal, Transitioner
from specloom.spec import Api, Operation, Schemas
from specloom.spec.expression import ABSENT


class OperationHandler:
    """Handles the requests for one operation, in the order that specs/README.md gives."""

    def __init__(self, api: Api, operation: Operation, schemas: Schemas, store: Store) -> None:
        """Take an operation of `api`, the schemas of its document, and the store that holds its records."""
        self._operation = operation
        self._guard = Guard(operation, api.security_schemes)
        self._parameters = ParameterReader(operation.parameters, schemas, api.document)
        self._body = BodyReader(operation.body, schemas, api.document)
        self._answers = Answerer(operation)
        transition = operation.transition
        self._transition = None if transition is None else Transitioner(api, operation, transition, store)

    def handle(self, request: Request, path_values: Mapping[str, str]) -> Reply:
        """Return the answer to `request`, whose path has the parameters `path_values`."""
        try:
            preferences = read_preferences(request)
        except ValueError as error:
            return problem(400, str(error))
        reply = self._preferred(preferences) if preferences.code or preferences.example else None
        if reply is None:
            reply = self._handle(request, path_values)
        if not preferences.applied:
            return reply
        headers = (*reply.headers, ("preference-applied", preferences.applied))
        return attrs.evolve(reply, headers=headers, delay=preferences.delay)

    def _preferred(self, preferences: Preferences) -> Reply:
        try:
            return self._answers.example(preferences.code, preferences.example)
        except LookupError as error:
            return problem(400, str(error.args[0]))

    def _handle(self, request: Request, path_values: Mapping[str, str]) -> Reply:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        scope: dict[str, Any] = {"now": now, "uuid": str(uuid.uuid4())}
        credential = self._guard.credential(request)
        if credential is None:
            return self._answers.answer("unauthenticated", scope, headers=self._guard.challenge)
        if credential.forbidden and "forbidden" in self._operation.answers:
            return self._answers.answer("forbidden", scope)
        try:
            body, faults = self._body.read(request)
        except UnsupportedMediaTypeError as error:
            return problem(415, str(error))
        values, parameter_faults = self._parameters.read(request, path_values)
        scope |= {f"request.{location}": found for location, found in values.items()}
        if body is not ABSENT:
            scope["request.body"] = body
        faults = [*parameter_faults, *faults] or list(check_request(self._operation.constraints, scope))
        if faults:
            return self._answers.answer("invalid", scope, faults)
        return self._perform(credential.tenant, scope)

    def _perform(self, tenant: str, scope: dict[str, Any]) -> Reply:
        if self._transition is None:
            return (
                self._answers.answer("success", scope) if self._operation.answers else self._answers.example(None, None)
            )
        outcome = self._transition.run(tenant, scope)
        if isinstance(outcome, Refusal):
            return self._answers.answer(outcome.outcome, scope, outcome.faults)
        first = outcome[0] if len(outcome) == 1 else scope
        return self._answers.answer("success", {**first, "each": outcome})
