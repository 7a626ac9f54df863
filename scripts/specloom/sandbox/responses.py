"""Write a response that a spec declares: from its examples, or from values made of its schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from specloom.sandbox.message import Headers, Reply, body_bytes, definite, header_text, is_json, problem
from specloom.spec import Operation, Response, Schemas
from specloom.spec.api import Header, MediaType
from specloom.spec.document import Document
from specloom.spec.expression import ABSENT
from specloom.spec.sampling import NoValueError, Sampler, mended

RETRY_AFTER: Final = ("retry-after", "1")
"""What goes with 429 and 503 (RFC 6585, 4; RFC 9110, 15.6.4), in seconds."""

_BODILESS: Final = frozenset({204, 205, 304})
"""Statuses of answers without content (RFC 9110, 15.3.5, 15.3.6 and 15.4.5)."""

_OF_MESSAGE: Final = frozenset(
    {"connection", "content-encoding", "content-length", "content-type", "keep-alive", "transfer-encoding", "upgrade"}
)
"""Headers that tell how a message is written; a made-up value of one would make it unreadable."""

_GATEWAY: Final = frozenset({429, 502, 503, 504})
"""Statuses that what stands before a server sends, whatever its spec says."""


class Responder:
    """Writes the declared responses of one operation."""

    def __init__(self, operation: Operation, schemas: Schemas, document: Document) -> None:
        """Take an operation, the schemas of its document, and that document."""
        self._operation = operation
        self._sampler = Sampler(document, schemas)
        self._document = document
        self._schemas = schemas
        self._known: dict[str, Any] = {}

    def chosen(
        self,
        code: str | None = None,
        example: str | None = None,
        *,
        dynamic: bool = False,
        seed: str = "",
        accept: Sequence[str] = (),
    ) -> Reply:
        """Return the declared response with the status `code`, else the success, with the body that is asked for.

        That is the example called `example`, of whatever response has it when no code is given; with `dynamic` a
        value of the schema; else the first example, or a value of the schema with the examples in it.
        Raises LookupError, with a message for people, when the spec has nothing of the kind, and ValueError when no
        value of the schema was found.
        """
        if code is None:
            status = self._with_example(example) if example is not None else self.success()
        else:
            status = next((each for each in (code, f"{code[0]}XX", "default") if each in self._operation.responses), "")
        if not status:
            if code is not None and int(code) in _GATEWAY:
                return problem(int(code), "as Prefer asks for", headers=[RETRY_AFTER] if code in {"429", "503"} else [])
            raise LookupError(f"{self._operation.label} declares no response {code or 'at all'}")
        return self.reply(status, int(code or 200), example, dynamic=dynamic, seed=seed, accept=accept)

    def success(self) -> str:
        """Return the status of the answer to a request that is well: the lowest 2xx or 3xx, `default`, or the first."""
        declared = self._operation.responses
        wanted = [status for digit in "23" for status in sorted(declared) if status.startswith(digit)]
        return next((each for each in [*wanted, "default", *declared] if each in declared), "")

    def reply(  # noqa: PLR0913 - as above
        self,
        status: str,
        code: int,
        example: str | None = None,
        *,
        dynamic: bool = False,
        seed: str = "",
        accept: Sequence[str] = (),
    ) -> Reply:
        """Return the response declared under `status`; `code` is its status where that is a range or `default`."""
        response = self._operation.responses[status]
        headers = self._headers(response)
        number = int(status) if status.isdigit() else code
        if number in {429, 503} and all(name != "retry-after" for name, _ in headers):
            headers = (*headers, RETRY_AFTER)
        if not response.media_types:
            return Reply(number, headers)
        media_type = _accepted(response.media_types, accept)
        value = self._value(media_type, example, seed, dynamic=dynamic)
        if number in _BODILESS:
            return Reply(number, headers)
        name = definite(media_type.name)
        content = b"" if value is ABSENT else body_bytes(name, value)
        return Reply(number, (("content-type", name), *headers), content)

    def _with_example(self, name: str) -> str:
        """Return the status of the response with this example, a success if there is one. Raises LookupError."""
        found = [status for status, response in self._operation.responses.items() if response.example(name)]
        if not found:
            raise LookupError(f"{self._operation.label} has no example {name!r}")
        return min(found, key=lambda status: status[0] != "2")

    def _value(self, media_type: MediaType, example: str | None, seed: str, *, dynamic: bool) -> Any:
        if example is not None:
            for each in media_type.examples:
                if each.name == example:
                    return each.value
            raise LookupError(f"{self._operation.label} has no example {example!r} of this response")
        if not dynamic:
            return self._usual(media_type)
        if media_type.schema_pointer is None:
            return ABSENT
        return self._sampler.sample(media_type.schema_pointer, f"{media_type.pointer}/{seed}")

    def _usual(self, media_type: MediaType) -> Any:
        """Return the first example that satisfies the schema, else a value of the schema that is as near as can be."""
        if media_type.pointer not in self._known:
            self._known[media_type.pointer] = self._nearest(media_type)
        return self._known[media_type.pointer]

    def _nearest(self, media_type: MediaType) -> Any:
        values = [each.value for each in media_type.examples]
        if media_type.schema_pointer is None:
            return values[0] if values else {} if is_json(definite(media_type.name)) else ABSENT
        if values and not is_json(media_type.name):
            return values[0]  # the schema is that of what such a text stands for
        validator = self._schemas.validator(media_type.schema_pointer)
        for value in values:
            if validator.is_valid(value):
                return value
        for value in values:
            less, is_valid = mended(validator, value)
            if is_valid:
                return less
        try:
            return self._sampler.sample(media_type.schema_pointer, f"{media_type.pointer}/", examples=True)
        except NoValueError as error:
            return values[0] if values else error.closest

    def _headers(self, response: Response) -> Headers:
        return tuple(
            (each.name.lower(), self._header(each))
            for each in response.headers
            if (each.required or (response.status[0] == "3" and each.name.lower() == "location"))
            and each.name.lower() not in _OF_MESSAGE
        )

    def _header(self, header: Header) -> str:
        source = self._document.at(header.pointer)
        if "example" in source:
            return header_text(source["example"])
        if "schema" not in source:
            return "sandbox"
        try:
            return header_text(self._sampler.sample(header.schema_pointer, header.pointer, examples=True))
        except ValueError:
            return "sandbox"


def _accepted(media_types: Sequence[MediaType], accept: Sequence[str]) -> MediaType:
    """Return the media type that a caller accepts best; JSON, or the first, if it names none (RFC 9110, 12.5.1)."""
    if len(media_types) == 1:
        return media_types[0]
    ranges = [part.strip().lower() for line in accept for part in line.split(",")]
    wanted = [(each.partition(";")[0].strip(), "q=0" in each.replace(" ", "").split(";")) for each in ranges]
    for name, refused in wanted:
        for media_type in media_types:
            if not refused and name in {media_type.name.lower(), f"{media_type.name.lower().partition('/')[0]}/*"}:
                return media_type
    return next((each for each in media_types if is_json(each.name)), media_types[0])
