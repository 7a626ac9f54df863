"""Parts of documents of others."""

from __future__ import annotations

from typing import Any


def schemas(**named: Any) -> dict[str, Any]:
    """Return the members of a document that has these schemas."""
    return {"components": {"schemas": named}}


def answering(schema: Any) -> dict[str, Any]:
    """Return a Path Item whose one operation answers by `schema`."""
    return {"get": {"operationId": "read", "responses": {"200": {
        "description": "", "content": {"application/json": {"schema": schema}}}}}}  # fmt: skip
