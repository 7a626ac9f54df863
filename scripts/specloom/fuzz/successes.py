"""Ask a server for the documented success of each operation, once, with a valid request made from the spec.

It needs no more of a server than its URL. Whether a request is valid, and whether the answer is what is documented, is
judged by the schemas of the spec.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from specloom.fuzz.conformance import AnswerChecker
from specloom.fuzz.conformance.documented import response_of
from specloom.fuzz.likeness import alike
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.passes import Passes
from specloom.fuzz.result import Step
from specloom.fuzz.targets import credentials_of
from specloom.fuzz.wire import Answer, NoAnswerError, Request, Wire
from specloom.fuzz.writing import chosen, cookie_text
from specloom.spec import Api, Credential, Operation, Parameter
from specloom.spec.api import MediaType
from specloom.spec.expression import ABSENT
from specloom.spec.sampling import NoValueError, Sampler

_SEEDS: Final = ("", "1", "2")


@attrs.frozen
class Asked:
    """What an operation (`GET /path`) answered to a valid request; `problem` says why that is no documented success.

    `status` is None where there was no answer, or no request.
    """

    operation: str
    status: int | None
    problem: str = ""
    step: Step | None = attrs.field(default=None, repr=False)

    @property
    def is_unanswerable(self) -> bool:
        """Whether no request could be made, or the spec documents no success of it."""
        return self.status is None and self.step is None


def ask_each(api: Api, wire: Wire, credentials: tuple[Credential, ...] = ()) -> Iterator[Asked]:
    """Yield what each operation answers to a valid request of the first of `credentials`, or of the spec's own."""
    passes = Passes(api, credentials_of(api, credentials))
    checker = AnswerChecker(api, api.schemas)
    valid = ValidRequests(api)
    for operation in api.operations:
        carried = passes.of(operation, passes.tenants[0])
        if not has_success(operation):
            yield Asked(operation.label, None, "no success is documented")
            continue
        if carried is None:
            yield Asked(operation.label, None, "no credential is known that may call it")
            continue
        request = valid.draft(operation).request(carried)
        try:
            answer = wire.send(request)
        except NoAnswerError as error:
            yield Asked(operation.label, None, error.message, Step(request, None))
            continue
        # Of operations that a request does not tell apart, a server can answer as any.
        found = [_problem(each, checker, request, answer) for each in alike(api, operation)]
        yield Asked(operation.label, answer.status, "" if "" in found else found[0], Step(request, answer))


def _problem(operation: Operation, checker: AnswerChecker, request: Request, answer: Answer) -> str:
    """Return why an answer is no documented success; "" when it is one."""
    if not is_success(operation, answer.status):
        return answer.body[:300].decode("utf-8", "replace") or "no body"
    found = next(checker.breaches(operation, request, answer), None)
    return "" if found is None else found.message


def is_success(operation: Operation, status: int) -> bool:
    """Say whether a status is a success that an operation documents: a 2xx, or what it has instead of any."""
    if response_of(operation, status) is None:
        return False
    has_success = any(each.startswith("2") for each in operation.responses)
    return 200 <= status < (300 if has_success else 400)  # noqa: PLR2004 - RFC 9110, 15.3


def has_success(operation: Operation) -> bool:
    """Say whether an operation documents any answer but refusals."""
    return any(status[0] not in "45" for status in operation.responses)


class ValidRequests:
    """Makes a valid request for each operation of an API, of examples as far as they satisfy their schemas."""

    def __init__(self, api: Api) -> None:
        """Take the API."""
        self._schemas = api.schemas
        self._sampler = Sampler(api.document, api.schemas, "request")

    def draft(self, operation: Operation) -> Draft:
        """Return a request with no more parameters than must be, and with a body if it may have one."""
        found: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
        for parameter in operation.parameters:
            if parameter.required:
                found[parameter.location][parameter.name] = self.value(parameter)
        if found["cookie"]:
            found["header"]["Cookie"] = cookie_text(operation.parameters, found["cookie"])
        media_type = None if operation.body is None else chosen(operation.body.media_types)
        body = ABSENT if media_type is None else self.body(media_type)
        return Draft(operation, found["path"], found["query"], found["header"], body)

    def value(self, parameter: Parameter) -> Any:
        """Return a value of a parameter; one that is nearest to it of a schema that nothing satisfies."""
        validator = self._schemas.validator(parameter.schema_pointer) if parameter.schema else None
        for example in parameter.examples:
            if (validator is None or validator.is_valid(example.value)) and _can_be_sent(example.value):
                return example.value
        if validator is None:
            return "x"
        found = ABSENT
        for seed in _SEEDS:
            found = self._nearest(parameter.schema_pointer, f"{parameter.pointer}/{seed}", examples=seed == "")
            if _can_be_sent(found):
                break
        return found

    def body(self, media_type: MediaType) -> Any:
        """Return a value of a body; the nearest one of a schema that nothing satisfies."""
        pointer = media_type.schema_pointer
        validator = None if pointer is None else self._schemas.validator(pointer)
        for example in media_type.examples:
            if validator is None or validator.is_valid(example.value):
                return example.value
        return "x" if pointer is None else self._nearest(pointer, pointer, examples=True)

    def _nearest(self, schema_pointer: str, seed: str, *, examples: bool) -> Any:
        try:
            return self._sampler.sample(schema_pointer, seed, examples=examples)
        except NoValueError as error:
            return "x" if error.closest is ABSENT else error.closest


def _can_be_sent(value: Any) -> bool:
    """Say whether a text stands for a value: that of nothing at all differs from style to style."""
    return value not in ("", None, [], {})
