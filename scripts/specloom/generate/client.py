"""Run openapi-python-client in process."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import chain
from pathlib import Path
from typing import Any, Final

import attrs
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.strings import PythonIdentifier

from specloom.generate.bundling import bundled
from specloom.generate.classes import class_overrides
from specloom.generate.endpoints import Endpoint
from specloom.generate.locating import locate
from specloom.generate.members import rename_members
from specloom.generate.naming import Names
from specloom.generate.preparing import for_client
from specloom.generate.templates import COMPILED
from specloom.spec import Api, Operation

_ADVICE: Final = "write this part in a way that openapi-python-client can read"
# What openapi-python-client puts before a name that is no Python name.
_FIELD_PREFIX: Final = "field_"
_TAG_PREFIX: Final = "tag"
OVERRIDES: Final = Path(__file__).parent / "overrides"
"""The templates that take the place of those of openapi-python-client."""
_MODEL_IMPORT: Final = re.compile(r"^(from \.+models)\.\w+ import", re.MULTILINE)


@attrs.frozen
class Client:
    """What was written: all that was read of the spec, and of this the endpoint of each operation by its id."""

    data: GeneratorData = attrs.field(repr=False)
    endpoints: dict[str, Endpoint] = attrs.field(repr=False)

    @property
    def models(self) -> int:
        """The number of models and enumerations."""
        return len(self.data.models) + len(self.data.enums)


def write_client(api: Api, names: Names, package: Path) -> Client:
    """Write the client of `api` as the import package `package`, unformatted.

    Raises SpecloomError when openapi-python-client fails, or warns, which it does when it leaves something out.
    """
    client = _client(api, _config(api, names, package), write=True)
    _merge_models(package)
    return client


def read_client(api: Api, names: Names) -> Client:
    """Return what openapi-python-client makes of `api`, and write nothing; errors as for `write_client`."""
    return _client(api, _config(api, names, Path(names.package)), write=False)


def _client(api: Api, config: Config, *, write: bool) -> Client:
    prepared = for_client(api.document)
    try:
        data, problems = _run(prepared, config, write=write)
    except OSError:
        raise
    except Exception as error:  # whatever it trips over, that is all there is to say to the author of the spec
        raise api.document.error(f"openapi-python-client failed: {error!r}", "", _ADVICE) from error
    if data is None or problems:
        text = " ".join(f"{problems[0].header} {problems[0].detail or ''}".split())
        raise api.document.error(f"openapi-python-client: {text}", locate(prepared, problems[0]), _ADVICE)
    return Client(data, dict(_endpoints(api, data)))


def module_of(operation: Operation) -> tuple[str, str]:
    """Return the names of the tag package and of the module that openapi-python-client gives an operation."""
    return PythonIdentifier(operation.tag, prefix=_TAG_PREFIX), PythonIdentifier(operation.id, prefix=_FIELD_PREFIX)


def _config(api: Api, names: Names, package: Path) -> Config:
    settings = ConfigFile(
        literal_enums=True,
        class_overrides=class_overrides(),
        docstrings_on_attributes=True,
        field_prefix=_FIELD_PREFIX,
        project_name_override=names.distribution,
        package_name_override=names.package,
        package_version_override=api.version,
        post_hooks=[],
    )
    return Config.from_sources(
        settings,
        meta_type=MetaType.NONE,
        document_source=api.document.path,
        file_encoding="utf-8",
        overwrite=False,
        output_path=package,
    )


def _run(prepared: dict[str, Any], config: Config, *, write: bool) -> tuple[GeneratorData | None, list[GeneratorError]]:
    """Read the document, and write the client unless there are problems.

    Those of schemas come first: others follow from them.
    """
    data = GeneratorData.from_dict(prepared, config=config)
    if isinstance(data, GeneratorError):
        return None, [data]
    collections = data.endpoint_collections_by_tag.values()
    problems: list[GeneratorError] = [*data.errors, *chain.from_iterable(each.parse_errors for each in collections)]
    if not problems:
        rename_members(data, config)
    if write and not problems:
        project = Project(openapi=data, config=config, custom_template_path=OVERRIDES)
        project.env.bytecode_cache = COMPILED
        with redirect_stdout(io.StringIO()):
            problems += project.build()
    return data, problems


def _merge_models(package: Path) -> None:
    """Put all models into one module, and let the operations import them from there."""
    text = bundled(package / "models", package.name)
    shutil.rmtree(package / "models")
    (package / "models.py").write_text(text, "utf-8")
    for module in sorted((package / "api").rglob("*.py")):
        module.write_text(_MODEL_IMPORT.sub(r"\1 import", module.read_text("utf-8")), "utf-8")


def _endpoints(api: Api, data: GeneratorData) -> Iterator[tuple[str, Endpoint]]:
    endpoints: dict[tuple[str, str], Endpoint] = {
        (tag, endpoint.name): endpoint
        for tag, collection in data.endpoint_collections_by_tag.items()
        for endpoint in collection.endpoints
    }
    for operation in api.operations:
        endpoint = endpoints.get(module_of(operation))
        if endpoint is not None:
            yield operation.id, endpoint
