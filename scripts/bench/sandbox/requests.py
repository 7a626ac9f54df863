"""Make the requests of a load: valid ones that each act on a record of their own, and ones that are refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import attrs

from specloom.spec import Api, Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Transition

WIDTH = 7
"""Digits of the number of a record."""


@attrs.frozen
class Work:
    """An operation that acts on one record, and the API that it belongs to."""

    api: Api
    operation: Operation
    transition: Transition

    def seeds(self, count: int) -> list[dict[str, Any]]:
        """Return `x-records` seeds of `count` records that the operation can act on."""
        source = self.api.document.data["x-records"][self.transition.record]["seeds"][0]
        return [{**source, "count": count, "start": "1".zfill(WIDTH)}]

    def valid(self, count: int) -> Iterator[bytes]:
        """Yield a request for each of `count` records."""
        kind = self.api.records[self.transition.record]
        template = kind.seeds[0].record
        for number in range(1, count + 1):
            record = template({"n": str(number).zfill(WIDTH)})
            named = {
                (value.source, value.pointer): json_pointer.get(record, key) for key, value in self.transition.match
            }
            yield self._written(named)

    def refused(self) -> bytes:
        """Return a request whose body breaks its schema; where there is no body, one without credentials."""
        return self._written({}, body=b"[]") if self.operation.body else self._written({}, credentials=False)

    def _written(
        self, named: dict[tuple[str, str], Any], body: bytes | None = None, *, credentials: bool = True
    ) -> bytes:
        """Return the first examples of the operation as a request, with the values in `named` in their places."""
        path, query, headers = self.operation.path, {}, list(self._credentials()) if credentials else []
        for parameter in self.operation.parameters:
            place = (parameter.location, json_pointer.join(parameter.name))
            value = named.get(place, parameter.examples[0].value if parameter.required and parameter.examples else None)
            if parameter.location == "path":
                path = path.replace(f"{{{parameter.name}}}", quote(str(value), safe=""))
            elif parameter.location == "query" and value is not None:
                query[parameter.name] = value
        if self.operation.body is not None:
            headers.append(f"Content-Type: {self.operation.body.media_types[0].name}")
            if body is None:
                body = json.dumps(self._body(named)).encode()
        headers.append(f"Content-Length: {len(body or b'')}")
        target = f"{path}?{urlencode(query)}" if query else path
        lines = [f"{self.operation.method.upper()} {target} HTTP/1.1", "Host: bench", *headers]
        return "\r\n".join([*lines, "", ""]).encode() + (body or b"")

    def _body(self, named: dict[tuple[str, str], Any]) -> Any:
        examples = self.operation.body.media_types[0].examples if self.operation.body else ()
        body = json.loads(json.dumps(examples[0].value)) if examples else {}
        for (source, pointer), value in named.items():
            if source == "body":
                json_pointer.put(body, pointer, value)
        return body

    def _credentials(self) -> Iterator[str]:
        for name in self.operation.security[0] if self.operation.security else ():
            known = self.api.security_schemes[name].credentials[0]
            if known.token is not None:
                yield f"Authorization: Bearer {known.token}"
            else:
                pair = base64.b64encode(f"{known.user}:{known.password}".encode()).decode()
                yield f"Authorization: Basic {pair}"


def work_of(api: Api) -> Work | None:
    """Return the first operation of an API that acts on one record."""
    for operation in api.operations:
        if operation.transition is not None and operation.transition.each is None:
            return Work(api, operation, operation.transition)
    return None
