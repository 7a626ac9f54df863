"""Check an answer against the Response Object that its spec documents for the status."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from specloom.fuzz.conformance.breach import Breach
from specloom.fuzz.conformance.leaks import leaks
from specloom.fuzz.conformance.strict_json import parse_json
from specloom.fuzz.scope import typed
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Api, Operation, Response, Schemas
from specloom.spec import pointer as json_pointer
from specloom.spec.api import MediaType
from specloom.spec.expression import ABSENT
from specloom.spec.sampling import Contradictions

MAX_SECONDS: Final = 5.0
"""How long an answer may take; generous, as a busy machine is no fault of the server."""
_BODILESS: Final = (204, 205, 304)


class AnswerChecker:
    """Checks the answers of one API."""

    def __init__(
        self, api: Api, schemas: Schemas, secrets: Iterable[str] = (), max_seconds: float = MAX_SECONDS
    ) -> None:
        """Take the schemas of the document, secrets that no answer may show, and how long an answer may take.

        What is at odds with one of the `contradictions` among the schemas is no breach: nothing else could be answered.
        """
        self._api = api
        self._schemas = schemas
        self._secrets = tuple(secrets)
        self._max_seconds = max_seconds
        self.contradictions = Contradictions(api)
        self._documented = json.dumps(api.document.data, ensure_ascii=False, default=str)

    def breaches(
        self, operation: Operation, request: Request, answer: Answer, of_server: Collection[str] = ()
    ) -> Iterator[Breach]:
        """Yield what is wrong with an answer; with a status of `of_server`, it comes from HTTP itself and no spec."""
        response = response_of(operation, answer.status)
        yield from self._plain(operation, request, answer)
        if str(answer.status) in of_server:
            return
        if response is None:
            message = f"the status {answer.status} is not documented"
            yield Breach("status_code_conformance", message, f"{operation.pointer}/responses")
            return
        if request.method.upper() == operation.method.upper():
            yield from self._headers(response, answer)
            yield from self._body(response, answer)

    def _plain(self, operation: Operation, request: Request, answer: Answer) -> Iterator[Breach]:
        """Yield what is wrong with an answer whatever its spec says."""
        for message in leaks(answer, request, self._secrets, self._documented):
            yield Breach("no_leak", message, operation.pointer)
        if answer.seconds > self._max_seconds:
            message = f"the answer took {answer.seconds:.1f} s, more than {self._max_seconds:g} s"
            yield Breach("response_time", message, operation.pointer)
        lengths = answer.header_values("content-length")
        is_bodiless = request.method.upper() == "HEAD" or answer.status in _BODILESS
        if len(set(lengths)) > 1 or (lengths and not is_bodiless and lengths[0] != str(len(answer.body))):
            message = (
                f"Content-Length is {', '.join(lengths)}, and the body has {len(answer.body)} bytes (RFC 9110, 8.6)"
            )
            yield Breach("response_headers_conformance", message, operation.pointer)
        if is_bodiless and answer.body:
            yield Breach("content_type_conformance", f"{answer.status} has a body (RFC 9110, 6.4.1)", operation.pointer)
        if answer.status == 405 and not _allows(answer, operation):  # noqa: PLR2004 - RFC 9110, 15.5.6
            message = f"405 without {operation.method.upper()} in Allow (RFC 9110, 15.5.6)"
            yield Breach("response_headers_conformance", message, operation.pointer)
        for applied in _not_preferred(request, answer):
            message = f"Preference-Applied has {applied!r}, and that was not preferred (RFC 7240, 3)"
            yield Breach("response_headers_conformance", message, operation.pointer)
        if answer.status == 401 and (names := self._schemes(operation)):  # noqa: PLR2004 - RFC 9110, 15.5.2
            challenges = ", ".join(answer.header_values("www-authenticate")).lower()
            if not any(name in challenges for name in names):
                message = f"401 without a challenge for {' or '.join(names)} in WWW-Authenticate (RFC 9110, 11.6.1)"
                yield Breach("response_headers_conformance", message, f"{operation.pointer}/security")

    def _schemes(self, operation: Operation) -> list[str]:
        """Return the authentication schemes of HTTP that an operation takes; none if it takes another kind as well."""
        schemes = [self._api.security_schemes[name] for names in operation.security for name in names]
        if any(scheme.type in {"apiKey", "mutualTLS"} for scheme in schemes):
            return []
        return list(dict.fromkeys((scheme.scheme or "bearer").lower() for scheme in schemes))

    def _headers(self, response: Response, answer: Answer) -> Iterator[Breach]:
        for header in response.headers:
            values = answer.header_values(header.name.lower())
            if not values:
                if header.required:
                    message = f"the header {header.name} is missing"
                    yield Breach("response_headers_conformance", message, header.pointer)
            elif "schema" in self._api.document.at(header.pointer):
                schema = self._api.document.resolve(header.schema_pointer)[1]
                value = typed(", ".join(values), schema.get("type") if isinstance(schema, dict) else None)
                for error in self._schemas.errors(header.schema_pointer, value):
                    message = f"the header {header.name}: {error.message[:200]}"
                    yield Breach("response_headers_conformance", message, header.schema_pointer)

    def _body(self, response: Response, answer: Answer) -> Iterator[Breach]:
        if not response.media_types:
            # Of an error whose content no spec tells, the body may be anything; a success without content has none.
            if answer.body and response.status.startswith("2"):
                message = f"a body that is documented nowhere, of {len(answer.body)} bytes"
                yield Breach("content_type_conformance", message, response.pointer)
            return
        if answer.status in _BODILESS:
            return
        given = answer.header_values("content-type")
        media_type = media_type_of(response, answer)
        if media_type is None:
            found = ", ".join(given) or "missing"
            names = " or ".join(each.name for each in response.media_types)
            message = f"Content-Type is {found}, and documented is {names}"
            yield Breach("content_type_conformance", message, f"{response.pointer}/content")
        elif is_json(media_type.name):
            charset = given[0].lower().partition("charset=")[2].strip('" ').partition(";")[0]
            if charset not in {"", "utf-8", "utf8", "us-ascii"}:
                message = f"JSON is UTF-8 (RFC 8259, 8.1), not {charset}"
                yield Breach("content_type_conformance", message, f"{response.pointer}/content")
            yield from self._json(media_type, answer)

    def _json(self, media_type: MediaType, answer: Answer) -> Iterator[Breach]:
        try:
            body = parse_json(answer.body)
        except ValueError as reason:
            message = f"the body is no JSON (RFC 8259): {reason}"
            yield Breach("response_schema_conformance", message, media_type.pointer)
            return
        if media_type.schema_pointer is None:
            return
        errors = self._schemas.errors(media_type.schema_pointer, body)[:3]
        if errors and media_type.schema_pointer in self.contradictions:
            return
        for error in errors:
            at = json_pointer.join(*(str(token) for token in error.instance_path)) or "the body"
            message = f"{at}: {error.message[:300]}"
            yield Breach("response_schema_conformance", message, media_type.schema_pointer)


def response_of(operation: Operation, status: int) -> Response | None:
    """Return the response that is documented for a status: by itself, by its range, or by default."""
    names = (str(status), f"{status // 100}XX", "default")
    return next((operation.responses[name] for name in names if name in operation.responses), None)


def media_type_of(response: Response, answer: Answer) -> MediaType | None:
    """Return the documented media type that an answer has, whatever its parameters; None when it has another."""
    given = answer.header_values("content-type")
    name = given[0].partition(";")[0].strip().lower() if len(given) == 1 else ""
    return next((each for each in response.media_types if covers(each.name, name)), None)


def json_of(answer: Answer) -> Any:
    """Return the JSON value of an answer's body; ABSENT when it has none."""
    try:
        return parse_json(answer.body)
    except ValueError:
        return ABSENT


def is_json(media_type: str) -> bool:
    """Say whether a media type is JSON (RFC 6839, 3.1)."""
    name = media_type.partition(";")[0].strip().lower()
    return name in {"application/json", "text/json"} or name.endswith("+json")


def covers(documented: str, given: str) -> bool:
    """Say whether a media type that a spec documents, or a range, has another; parameters do not count."""
    documented, given = (each.partition(";")[0].strip().lower() for each in (documented, given))
    kind, _, rest = documented.partition("/")
    return given != "" and (documented in {given, "*/*"} or (rest == "*" and given.startswith(f"{kind}/")))


def _allows(answer: Answer, operation: Operation) -> bool:
    methods = {name.strip().upper() for value in answer.header_values("allow") for name in value.split(",")}
    return operation.method.upper() in methods


def _not_preferred(request: Request, answer: Answer) -> set[str]:
    """Return the preferences that an answer says were applied, and that the request does not have."""
    asked = [value for name, value in request.headers if name.lower() == "prefer"]
    return _preferences(answer.header_values("preference-applied")) - _preferences(asked)


def _preferences(values: list[str]) -> set[str]:
    return {each.strip().replace('"', "") for value in values for each in value.split(",")}
