"""Name the arguments of operations so that none is taken for a variable of the code that sends them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openapi_python_client.config import Config
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.schema.untrusted_string import UntrustedString

# The other arguments, variables and imports of endpoint_module.py.jinja; `client` and `url` are known to it.
_TAKEN: Final = frozenset(
    {
        *("body", "cast", "cookies", "errors", "files", "headers", "httpx", "integer", "kwargs", "mistyped", "number"),
        *("params", "quote", "read_date", "response", "unmatched"),
    }
)
_JSON: Final = "json_"


def rename_parameters(data: GeneratorData, config: Config) -> None:
    """Append an underscore to the arguments of the endpoints in `data` whose names are taken."""
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            _rename(endpoint, config)


def restore_parameters(endpoint: Endpoint, operation: str, named: Mapping[tuple[str, str, str], str]) -> None:
    """Give the parameters of an `endpoint` the names in `named`, by operation, location and what they are called."""
    for location, parameter in endpoint.iter_all_parameters() if named else ():
        name = named.get((operation, location.value, parameter.name.get_untrusted_value()))
        if name is not None:
            parameter.name = UntrustedString(name)


def _rename(endpoint: Endpoint, config: Config) -> None:
    parameters = [parameter for _, parameter in endpoint.iter_all_parameters()]
    names = {str(parameter.python_name) for parameter in parameters}
    # What a parameter is written to on its way into the query.
    written = {f"{_JSON}{name}" for name in names}
    for parameter in parameters:
        old = name = str(parameter.python_name)
        if name not in _TAKEN | written:
            continue
        while name in names | _TAKEN | written:
            name += "_"
        names.add(name)
        parameter.set_python_name(UntrustedString(name), config, skip_snake_case=True)
        if parameter in endpoint.path_parameters:
            path = endpoint.path.get_untrusted_value().replace(f"{{{old}}}", f"{{{parameter.python_name}}}")
            endpoint.path = UntrustedString(path)
