"""The code that calls an operation with the examples of its spec: ours, the stock client's, and that of httpx alone."""

from __future__ import annotations

import json
from typing import Any

import attrs

from bench.packages import Pair
from specloom.generate.client import read_client
from specloom.generate.facade import Facade, Method, plan
from specloom.generate.facade.examples import call as facade_call
from specloom.spec import Operation

_URL = "https://example.test"
_HTTP = """
import base64, httpx, json
content = {content!r}
def answer(request):
    return httpx.Response({status}, headers={{"Content-Type": {media_type!r}}}, content=content)
transport = httpx.MockTransport(answer)
"""
_OURS = """
{imports}
from {package} import {client}
client = {client}({credentials}, base_url={url!r}, transport=transport)
"""
_STOCK = """
from {package} import AuthenticatedClient
from {package}.api.{tag} import {module}
{imports}
client = AuthenticatedClient(base_url={url!r}, token="x", httpx_args={{"transport": transport}})
"""
_RAW = """
client = httpx.Client(base_url={url!r}, transport=transport, headers={{"Authorization": "Bearer x"}})
"""


@attrs.frozen
class Code:
    """What makes a client whose requests are answered in process, and the expression that calls the operation."""

    imported: str
    setup: str
    call: str


@attrs.frozen
class Calls:
    """The same call in three ways."""

    ours: Code
    stock: Code
    raw: Code


def calls(pair: Pair) -> Calls:
    """Return how the first operation of an API is called."""
    facade = plan(read_client(pair.api, pair.names))
    method = facade.methods[0][1]
    http = _http(method.operation)
    return Calls(_ours(pair, facade, http), _stock(pair, method, http), _raw(method.operation, http))


def _http(operation: Operation) -> str:
    response = operation.responses[operation.answers["success"].status]
    example = response.example()
    return _HTTP.format(
        content=b"" if example is None else json.dumps(example.value).encode(),
        status=response.status,
        media_type=response.media_types[0].name if response.media_types else "",
    )


def _ours(pair: Pair, facade: Facade, http: str) -> Code:
    group, method = facade.methods[0]
    code = facade_call(pair.api, method, pair.names.package)
    inputs = [each.name for credential in facade.credentials for each in credential.inputs]
    setup = _OURS.format(
        imports="\n".join(sorted(code.imports)),
        package=pair.names.package,
        client=facade.class_name,
        credentials=", ".join(f'{name}="x"' for name in inputs),
        url=_URL,
    )
    imported = f"from {pair.names.package} import {facade.class_name}"
    return Code(imported, http + setup, f"client.{group.name}.{method.name}({code.text})")


def _stock(pair: Pair, method: Method, http: str) -> Code:
    package, module = pair.stock_package, method.module
    names = {(argument.location, argument.source): argument.stock for argument in method.arguments}
    arguments = [
        f"{names[parameter.location, parameter.name]}={parameter.examples[0].value!r}"
        for parameter in method.operation.parameters
        if parameter.examples and parameter.location in {"path", "query"}
    ]
    imports = ""
    if method.body is not None and method.body.model is not None:
        model = method.body.model.code
        imports = f"from {package}.models import {model}"
        arguments.append(f"body={model}.from_dict({_body(method.operation)!r})")
    setup = _STOCK.format(imports=imports, package=package, tag=method.tag, module=module, url=_URL)
    imported = f"from {package} import AuthenticatedClient\nfrom {package}.api.{method.tag} import {module}"
    return Code(imported, http + setup, f"{module}.sync(client=client, {', '.join(arguments)})")


def _raw(operation: Operation, http: str) -> Code:
    path, query = operation.path, {}
    for parameter in operation.parameters:
        if parameter.examples and parameter.location == "path":
            path = path.replace(f"{{{parameter.name}}}", str(parameter.examples[0].value))
        elif parameter.examples and parameter.location == "query":
            query[parameter.name] = parameter.examples[0].value
    body = "" if operation.body is None else f", json={_body(operation)!r}"
    params = f", params={query!r}" if query else ""
    call = f"client.request({operation.method.upper()!r}, {path!r}{params}{body}).json()"
    return Code("import httpx", http + _RAW.format(url=_URL), call)


def _body(operation: Operation) -> Any:
    """Return the first example of the body; an empty object without any."""
    media_types = operation.body.media_types if operation.body else ()
    return next((example.value for media_type in media_types for example in media_type.examples), {})
