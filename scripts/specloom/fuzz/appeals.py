"""Decide which failures of schemathesis are none, in the words of the spec.

Where a spec describes behaviour, it says how each outcome is answered. Of other specs schemathesis presumes more than
they say: that what they refuse is documented, that the schemes of their security know wrong credentials, and that
schemas and formats mean what its own validators make of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.transport import Response
from schemathesis.openapi.checks import (
    AllowHeaderMismatch,
    IgnoredAuth,
    JsonSchemaError,
    MissingContentType,
    MissingHeaderNotRejected,
    RejectedPositiveData,
    UndefinedContentType,
    UndefinedStatusCode,
    UnsupportedMethodResponse,
)

from specloom.fuzz.conformance import AnswerChecker
from specloom.fuzz.likeness import alike, clashing, operations_at
from specloom.fuzz.successes import has_success
from specloom.fuzz.wire import Answer, Request
from specloom.fuzz.writing import chosen, is_json
from specloom.spec import Api, Operation

_REFUSALS: Final = frozenset({400, 401, 403, 404, 405, 406, 413, 414, 415, 422, 431})
"""With these HTTP itself refuses a request that is wrong (RFC 9110, 15.5; RFC 6585, 5)."""

_EMPTY: Final = re.compile(r"[?&][^=&]*=(&|$)")
_UNAUTHENTICATED: Final = 401
_BODILESS: Final = frozenset({204, 205, 304})
_PROBLEM: Final = "application/problem+json"

Valid = Callable[[], bool]


class Appeals:
    """Judges failures once more, of operations for which the spec describes no behaviour."""

    def __init__(self, api: Api, *, is_sandbox: bool) -> None:
        """Take the API; a sandbox lets in any credential where the spec names none."""
        self._api = api
        self._is_sandbox = is_sandbox
        self._checker = AnswerChecker(api, api.schemas)
        self._judges: dict[type[Failure], Callable[[Operation, Response, Valid], bool]] = {
            AcceptedNegativeData: self._accepted,
            MissingHeaderNotRejected: self._accepted,
            RejectedPositiveData: self._rejected,
            UndefinedStatusCode: self._undefined_status,
            UndefinedContentType: self._undefined_type,
            IgnoredAuth: self._ignored_auth,
            MissingContentType: self._missing_type,
            UnsupportedMethodResponse: self._method,
            AllowHeaderMismatch: self._allow,
            JsonSchemaError: self._schema,
        }

    def is_failure(self, failure: Failure, operation: Operation, response: Response, is_valid: Valid) -> bool:
        """Say whether a failure is one; `is_valid` says whether the request is valid by the schemas of the spec."""
        if operation.answers:
            return True
        judge = self._judges.get(type(failure))
        return judge is None or judge(operation, response, is_valid)

    def _accepted(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        # What is wrong for one operation may be right for another that the same request is meant for.
        is_alone = len(alike(self._api, operation)) == 1
        return response.status_code not in _REFUSALS and is_alone and self._is_read(operation) and not is_valid()

    def _rejected(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        # Schemathesis sends one credential with all requests.
        is_other = response.status_code == _UNAUTHENTICATED and len(self._api.security_schemes) > 1
        # How null and objects are written in forms, nothing settles; nor whether a list that is empty has one text.
        given = response.request.headers.get("Content-Type", "application/json")
        is_settled = is_json(given.decode() if isinstance(given, bytes) else given)
        is_settled = is_settled and not clashing(self._api.document, operation)
        is_settled = is_settled and not _EMPTY.search(response.request.url or "")
        return is_valid() and not is_other and is_settled and has_success(operation)

    def _undefined_status(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        del operation, is_valid
        return response.status_code not in _REFUSALS

    def _undefined_type(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        del operation, is_valid
        return not any(_PROBLEM in value for value in response.headers.get("content-type", []))

    def _missing_type(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        del operation, is_valid
        return response.status_code not in _BODILESS

    def _ignored_auth(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        del response, is_valid
        schemes = [self._api.security_schemes[name] for names in operation.security for name in names]
        return not self._is_sandbox or all(scheme.credentials for scheme in schemes)

    def _method(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        del is_valid
        method = str(response.request.method).lower()
        return not any(each.method == method for each in operations_at(self._api, operation))

    def _allow(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        """Schemathesis is told of some of the operations alone."""
        del is_valid
        known = {each.method.upper() for each in operations_at(self._api, operation)} | {"HEAD", "OPTIONS"}
        given = {name.strip().upper() for value in response.headers.get("allow", []) for name in value.split(",")}
        return not {operation.method.upper()} <= given <= known

    def _schema(self, operation: Operation, response: Response, is_valid: Valid) -> bool:
        del is_valid
        return all(self._breaches(each, response) for each in alike(self._api, operation))

    def _breaches(self, operation: Operation, response: Response) -> bool:
        request = Request(operation.method.upper(), operation.path)
        headers = tuple((name, value) for name, values in response.headers.items() for value in values)
        answer = Answer(response.status_code, headers, response.content or b"")
        return next(self._checker.breaches(operation, request, answer), None) is not None

    def _is_read(self, operation: Operation) -> bool:
        """Say whether servers can be expected to see what is wrong with a request."""
        if any(each.schema_pointer in self._checker.contradictions for each in operation.parameters if each.schema):
            return False
        media_type = None if operation.body is None else chosen(operation.body.media_types)
        if operation.body is None or media_type is None:
            return True
        is_known = media_type.schema_pointer not in self._checker.contradictions
        return is_known and len(operation.body.media_types) == 1 and is_json(media_type.name)
