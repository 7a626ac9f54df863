"""Write the software bill of materials of a generated package: CycloneDX 1.6, the same bytes each time."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.model.tool import ToolRepository
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from specloom.generate.metadata import DEPENDENCIES, EXTRAS, LICENCE, sbom_name
from specloom.generate.naming import Names
from specloom.spec import Api

GENERATORS: Final = ("openapi-python-client", "datamodel-code-generator")
"""The distributions that wrote parts of the code; nothing of them is needed to run it."""


def write_sbom(api: Api, names: Names, folder: Path) -> None:
    """Write the bill of materials into the distribution in `folder`, from where it gets into the wheel (PEP 770).

    The wheel bundles nothing, so that it lists what is required, by name and range, and which generators of which
    version wrote the code.
    """
    package = _component(names.distribution, version=api.version, licences=[DisjunctiveLicense(id=LICENCE)])
    required = [_required(text, ComponentScope.REQUIRED) for text in DEPENDENCIES.values()]
    extras = [text for extra in EXTRAS.values() for text in extra.requirements.values()]
    optional = [_required(text, ComponentScope.OPTIONAL) for text in extras]
    generators = [_component(each, version=_version(each), scope=ComponentScope.EXCLUDED) for each in GENERATORS]
    tools = ToolRepository(components=[Component(name="specloom", type=ComponentType.APPLICATION)])
    bom = Bom(
        components=[*required, *optional, *generators],
        metadata=BomMetaData(component=package, tools=tools),
    )
    bom.register_dependency(package, required)
    (folder / sbom_name(names)).write_text(_text(bom), "utf-8")


@cache
def _version(distribution: str) -> str:
    return version(distribution)


def _component(
    name: str,
    *,
    version: str | None = None,
    scope: ComponentScope | None = None,
    description: str | None = None,
    licences: Iterable[DisjunctiveLicense] = (),
) -> Component:
    purl = PackageURL("pypi", name=name, version=version)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        scope=scope,
        description=description,
        licenses=licences,
        purl=purl,
        bom_ref=purl.to_string(),
    )


def _required(requirement: str, scope: ComponentScope) -> Component:
    name = requirement.partition(">")[0]
    return _component(name, scope=scope, description=requirement)


def _text(bom: Bom) -> str:
    """Return the bill as JSON, without the time it was written and with a number that its content gives."""
    content: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    del content["metadata"]["timestamp"]
    del content["serialNumber"]
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return json.dumps(content | {"serialNumber": number.urn}, indent=2, sort_keys=True) + "\n"
