"""An operation: how it is asked for, and what the answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import attrs

from specloom.generate.calling.requests import Requests
from specloom.generate.runtime.endpoint import Endpoint
from specloom.generate.runtime.errors import RequestValidationError

T_co = TypeVar("T_co", covariant=True)


@attrs.frozen
class Operation(Generic[T_co]):
    """An operation that is called with arguments by their names."""

    endpoint: Endpoint[T_co]
    requests: Requests

    def request(self, values: Mapping[str, Any], *, validate: bool) -> dict[str, Any]:
        """Return the keyword arguments with which httpx sends `values`.

        Raises RequestValidationError when they cannot be sent or, if `validate`, are not what the spec allows.
        """
        made, problems = self.requests.make(values, validate=validate)
        if problems:
            raise RequestValidationError(*problems)
        return made
