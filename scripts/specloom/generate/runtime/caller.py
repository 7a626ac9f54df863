"""Call operations through a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # what is imported only when an operation is called need not be imported with the client
    from specloom.generate.calling.operation import Operation
    from specloom.generate.runtime.async_session import AsyncSession
    from specloom.generate.runtime.options import CallOptions
    from specloom.generate.runtime.responses import Response
    from specloom.generate.runtime.session import Session

T = TypeVar("T")


class Caller:
    """Calls operations; `validate` says whether what is sent is checked against the spec first."""

    def __init__(self, session: Session, *, validate: bool) -> None:
        self.session = session
        self._validate = validate

    def call(self, operation: Operation[T], values: Mapping[str, Any], options: CallOptions | None) -> Response[T]:
        """Send `values`, given by the names of the arguments, and return the answer. Raises ApiError."""
        return self.session.call(operation.endpoint, operation.request(values, validate=self._validate), options)


class AsyncCaller:
    """Calls operations likewise, to be awaited."""

    def __init__(self, session: AsyncSession, *, validate: bool) -> None:
        self.session = session
        self._validate = validate

    async def call(
        self, operation: Operation[T], values: Mapping[str, Any], options: CallOptions | None
    ) -> Response[T]:
        """Send `values`, given by the names of the arguments, and return the answer. Raises ApiError."""
        return await self.session.call(operation.endpoint, operation.request(values, validate=self._validate), options)
