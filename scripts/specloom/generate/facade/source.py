"""What an operation is planned from: what the spec says of it, and what openapi-python-client made of that."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty

from specloom.generate.facade.annotations import Rename
from specloom.spec import Api, Operation


@attrs.frozen
class Source:
    """An operation of `api`, its counterpart, all models by name, and under which names these are imported."""

    api: Api
    operation: Operation
    endpoint: Endpoint
    models: Mapping[str, ModelProperty]
    rename: Rename

    @property
    def body_pointer(self) -> str:
        """Where the schema of the first way to write the body stands, "" where there is none."""
        body = self.operation.body
        return "" if body is None else body.media_types[0].schema_pointer or ""
