"""Write the Python code that calls an operation with the examples of its spec."""

from __future__ import annotations

from typing import Any, Final

import attrs

from specloom.generate.client import Call
from specloom.generate.naming import Names
from specloom.spec import Api, Operation, Parameter, SecurityScheme

# How a parameter of a format is made of its text, and what that needs; other values are written as they are.
_MADE_OF_TEXT: Final = {
    "date-time": ("datetime.fromisoformat({!r})", "from datetime import datetime"),
    "date": ("date.fromisoformat({!r})", "from datetime import date"),
    "uuid": ("UUID({!r})", "from uuid import UUID"),
}


@attrs.frozen
class _Source:
    """Arguments of a call, and the import statements that they need."""

    arguments: tuple[str, ...]
    imports: tuple[str, ...] = ()


def snippet(api: Api, operation: Operation, call: Call, names: Names) -> str:
    """Return unformatted code that calls `operation` and prints what comes back."""
    client = _client(api, operation)
    values = _values(operation, call, names)
    class_name = "AuthenticatedClient" if operation.security else "Client"
    return "\n".join(
        [
            *sorted({*client.imports, *values.imports}, key=lambda line: (names.package in line, line)),
            f"from {names.package} import {class_name}",
            f"from {names.package}.api.{call.tag} import {call.module}",
            "",
            f"with {class_name}({', '.join(client.arguments)}) as client:",
            f"    response = {call.module}.sync_detailed({', '.join(values.arguments)})",
            "    print(response.status_code, response.parsed)",
        ]
    )


def _client(api: Api, operation: Operation) -> _Source:
    """Return how a client is made with the first of the credentials that the operation takes."""
    servers = sorted(api.servers, key=lambda server: server.name != "testing")
    base_url = f"base_url={servers[0].url if servers else 'https://example.com'!r}"
    schemes = [api.security_schemes[name] for name in next(iter(operation.security), ())]
    if not schemes:
        return _Source((base_url,) if not operation.security else (base_url, "token=''"))
    credential = _credential(schemes[0])
    return _Source((base_url, *credential.arguments), credential.imports)


def _credential(scheme: SecurityScheme) -> _Source:
    if scheme.type == "http" and scheme.scheme == "basic":
        return _Source(
            ("token=b64encode(b'your-user:your-password').decode()", "prefix='Basic'"),
            ("from base64 import b64encode",),
        )
    if scheme.type == "apiKey" and scheme.location == "header":
        return _Source(("token='your-key'", "prefix=''", f"auth_header_name={scheme.parameter!r}"))
    if scheme.type == "apiKey" and scheme.location == "cookie":
        return _Source(("token=''", "prefix=''", f"cookies={{{scheme.parameter!r}: 'your-key'}}"))
    if scheme.type == "apiKey":
        return _Source(("token=''", "prefix=''", f"httpx_args={{'params': {{{scheme.parameter!r}: 'your-key'}}}}"))
    return _Source(("token='your-token'",))


def _values(operation: Operation, call: Call, names: Names) -> _Source:
    """Return the arguments for path, query and body; headers and cookies stay at their defaults unless required."""
    arguments: list[str] = []
    imports: list[str] = []
    for parameter in operation.parameters:
        if parameter.examples and (parameter.required or parameter.location in {"path", "query"}):
            value = _value(parameter)
            arguments.append(f"{call.arguments[parameter.location, parameter.name]}={value.arguments[0]}")
            imports += value.imports
    example = _body_example(operation)
    if call.body_model and example is not None:
        arguments.append(f"body={call.body_model}.from_dict({example.value!r})")
        imports.append(f"from {names.package}.models import {call.body_model}")
    return _Source(("client=client", *arguments), tuple(imports))


def _value(parameter: Parameter) -> _Source:
    value = parameter.examples[0].value
    made_of = _MADE_OF_TEXT.get(parameter.schema.get("format", "")) if isinstance(value, str) else None
    return _Source((repr(value),)) if made_of is None else _Source((made_of[0].format(value),), (made_of[1],))


def _body_example(operation: Operation) -> Any:
    media_types = operation.body.media_types if operation.body else ()
    return next((example for media_type in media_types for example in media_type.examples), None)
