"""Write the examples that the transport for tests answers with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from specloom.generate.facade import Facade, Method
from specloom.spec import Api
from specloom.spec.api import Response


def write_examples(api: Api, facade: Facade, path: Path) -> None:
    """Write the documented responses of all operations of `api`, and where its credentials stand, as JSON to `path`."""
    schemes = [scheme for scheme in api.security_schemes.values() if scheme.type == "apiKey"]
    data = {
        "credentials": {
            where: [scheme.parameter for scheme in schemes if scheme.location == where]
            for where in ("header", "query", "cookie")
        },
        "operations": [_operation(api, f"{group.name}.{method.name}", method) for group, method in facade.methods],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def _operation(api: Api, name: str, method: Method) -> dict[str, Any]:
    operation = method.operation
    return {
        "id": operation.id,
        "name": name,
        "method": operation.method.upper(),
        "path": operation.path,
        "responses": {status: _response(api, response) for status, response in operation.responses.items()},
    }


def _response(api: Api, response: Response) -> dict[str, Any]:
    examples = {
        header.name: next(iter(api.document.resolve(header.schema_pointer)[1].get("examples", [])), None)
        for header in response.headers
    }
    return {
        "headers": {name: str(value) for name, value in examples.items() if value is not None},
        "content": {
            media_type.name: {example.name: example.value for example in media_type.examples}
            for media_type in response.media_types
        },
    }
