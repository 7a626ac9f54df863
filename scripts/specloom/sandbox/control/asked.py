"""What the control plane was asked, read by its own description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from specloom.sandbox.bodies import BodyReader
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Request
from specloom.sandbox.parameters import ParameterReader
from specloom.spec import Api, Operation, Schemas


@attrs.frozen
class Asked:
    """A request with the values of its parameters and its body (ABSENT when there is none)."""

    request: Request
    path: dict[str, str]
    query: dict[str, Any]
    body: Any = attrs.field(repr=False)


class Reader:
    """Reads the requests for one operation of the control plane."""

    def __init__(self, description: Api, operation: Operation, schemas: Schemas) -> None:
        """Take an operation of the description and the schemas of its document."""
        self._parameters = ParameterReader(operation.parameters, schemas, description.document)
        self._body = BodyReader(operation.body, schemas, description.document)

    def read(self, request: Request, path_values: Mapping[str, str]) -> Asked | list[RequestFault]:
        """Return what was asked, or what is wrong with it. Raises UnsupportedMediaTypeError.

        A body without a media type is taken for JSON.
        """
        if request.body and not request.header_values("content-type"):
            request = attrs.evolve(request, headers=(*request.headers, ("content-type", "application/json")))
        body, faults = self._body.read(request)
        values, parameter_faults = self._parameters.read(request, path_values)
        found = [*parameter_faults, *faults]
        return found or Asked(request, values.get("request.path", {}), values.get("request.query", {}), body)
