"""Run openapi-python-client in process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from specloom.generate.classes import PREFIX, class_overrides
from specloom.generate.endpoints import Endpoint
from specloom.generate.filling import filled
from specloom.generate.locating import locate
from specloom.generate.members import rename_members
from specloom.generate.naming import Names
from specloom.generate.normalising import lessen
from specloom.generate.parameter_names import rename_parameters, restore_parameters
from specloom.generate.prepared import Prepared
from specloom.generate.preparing import prepare
from specloom.generate.result import Loss
from specloom.generate.styling import left_open, styled
from specloom.spec import Api, SpecloomError
from specloom.spec.vocabulary import is_foreign

_ADVICE: Final = "write this part in a way that openapi-python-client can read"


# A schema or an operation that cannot be read may hide another one.
_PASSES: Final = 6


@attrs.frozen
class Client:
    """What was read of the spec, and of this the endpoint of each operation by its id."""

    data: GeneratorData = attrs.field(repr=False)
    endpoints: dict[str, Endpoint] = attrs.field(repr=False)
    prepared: Prepared = attrs.field(repr=False)

    @property
    def api(self) -> Api:
        """The API without what had to be left out."""
        return self.prepared.api

    @property
    def is_styled(self) -> bool:
        """Whether any parameter is written by code of ours."""
        return any(styled(each, self.endpoints[each.id]).is_any for each in self.api.operations)

    @property
    def left_open(self) -> Iterator[Loss]:
        """What the document leaves open about parameters."""
        models = {str(each.class_info.name): each for each in self.data.models}
        for operation in self.api.operations:
            known = {(each.location, each.name): each for each in operation.parameters}
            for location, prop in self.endpoints[operation.id].iter_all_parameters():
                parameter = known[location.value, prop.name.get_untrusted_value()]
                reason = left_open(prop, parameter, models)
                if reason:
                    yield Loss("parameter", parameter.pointer, parameter.name, reason)

    @property
    def models(self) -> int:
        """The number of models and enumerations."""
        return len(self.data.models) + len(self.data.enums)


def make_client(prepared: Prepared, names: Names) -> tuple[Client, dict[str, str]]:
    """Return the client of what `prepare` gave, and its modules by path, unformatted.

    Raises SpecloomError when openapi-python-client fails, or leaves something out of a spec that was written by hand.
    """
    client, config = _client(prepared, names)
    operations = {id(client.endpoints[each.id]): each for each in client.api.operations if each.id in client.endpoints}
    helpers = {
        "models_by_name": {each.class_info.name: each for each in client.data.models},
        "styled": lambda endpoint: styled(operations.get(id(endpoint)), endpoint),
    }
    with _failures(prepared.api):
        return client, filled(client.data, config, names.package, helpers)


def read_client(api: Api, names: Names) -> Client:
    """Return what openapi-python-client makes of `api`; errors as for `make_client`."""
    return _client(prepare(api), names)[0]


def _client(prepared: Prepared, names: Names) -> tuple[Client, Config]:
    api = prepared.api
    for _ in range(_PASSES):
        config = _config(prepared, names)
        with _failures(api):
            data = GeneratorData.from_dict(prepared.document, config=config)
        problems = list(_problems(data))
        if not problems and isinstance(data, GeneratorData):
            rename_members(data, config, prepared.members)
            rename_parameters(data, config)
            endpoints = dict(_endpoints(prepared, data))
            return Client(data, endpoints, prepared), config
        lessened = lessen(prepared, problems) if is_foreign(api.document) else None
        if lessened is None:
            break
        prepared = lessened
    raise _error(prepared, problems[0])


def _error(prepared: Prepared, problem: GeneratorError) -> SpecloomError:
    text = " ".join(f"{problem.header} {problem.detail or ''}".split())
    place = locate(prepared.document, problem)
    return prepared.api.document.error(f"openapi-python-client: {text}", place, _ADVICE)


@contextmanager
def _failures(api: Api) -> Iterator[None]:
    """Turn whatever openapi-python-client trips over into an error of the spec: its author can do more about it."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise api.document.error(f"openapi-python-client failed: {error!r}", "", _ADVICE) from error


def _problems(data: GeneratorData | GeneratorError) -> Iterator[GeneratorError]:
    """Yield what could not be read; problems of schemas come first, since others follow from them."""
    if isinstance(data, GeneratorError):
        yield data
        return
    yield from data.errors
    for collection in data.endpoint_collections_by_tag.values():
        yield from collection.parse_errors


def _config(prepared: Prepared, names: Names) -> Config:
    settings = ConfigFile(
        literal_enums=True,
        class_overrides=class_overrides(),
        content_type_overrides=dict(prepared.overrides),
        docstrings_on_attributes=True,
        field_prefix=PREFIX,
        project_name_override=names.distribution,
        package_name_override=names.package,
        package_version_override=prepared.api.version,
        post_hooks=[],
    )
    return Config.from_sources(
        settings,
        meta_type=MetaType.NONE,
        document_source=prepared.api.document.path,
        file_encoding="utf-8",
        overwrite=False,
        output_path=Path(names.package),
    )


def _endpoints(prepared: Prepared, data: GeneratorData) -> Iterator[tuple[str, Endpoint]]:
    """Yield the endpoint of each operation by its id, with the parameters called as the spec calls them."""
    endpoints = {
        (str(tag), str(endpoint.name)): endpoint
        for tag, collection in data.endpoint_collections_by_tag.items()
        for endpoint in collection.endpoints
    }
    for operation in prepared.api.operations:
        endpoint = endpoints.get(prepared.modules[operation.id])
        if endpoint is not None:
            restore_parameters(endpoint, operation.id, prepared.parameters)
            yield operation.id, endpoint
