"""Rules on what people read: version, descriptions, names of servers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from specloom.spec.lint.subject import Breach, Subject

# Semantic Versioning 2.0.0, sections 2, 9 and 10.
_NUMBER: Final = r"(?:0|[1-9][0-9]*)"
_LABEL: Final = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_SEMVER: Final = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_LABEL}(?:\.{_LABEL})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)


def version_is_semantic(subject: Subject) -> Iterator[Breach]:
    """S23."""
    version = subject.data["info"]["version"]
    if not _SEMVER.fullmatch(version):
        remedy = "write MAJOR.MINOR.PATCH, as in 1.0.0: it is the version of the client package"
        yield Breach("/info/version", f"{version!r} is not a semantic version", remedy)


def everything_is_described(subject: Subject) -> Iterator[Breach]:
    """S24."""
    for site in subject.wire_sites:
        named = site.component is not None or site.keyword == "properties"
        if named and "$ref" not in site.schema and not str(site.schema.get("description", "")).strip():
            message = f"{site.tokens[-1]} has no description"
            yield Breach(site.pointer, message, "say in your own words what it means")
    for operation in subject.api.operations:
        for parameter in operation.parameters:
            if not parameter.description.strip():
                message = f"the parameter {parameter.name} has no description"
                yield Breach(parameter.pointer, message, "say in your own words what it means")


def servers_have_names(subject: Subject) -> Iterator[Breach]:
    """S25."""
    if not subject.api.servers:
        yield Breach("", "there are no servers", "add the vendor's base URL under `servers`, with an x-name")
    seen: set[str] = set()
    for index, server in enumerate(subject.api.servers):
        if server.name is None:
            message = f"the server {server.url} has no name"
            yield Breach(f"/servers/{index}", message, "add an x-name such as production")
        elif server.name in seen:
            message = f"another server is called {server.name!r} too"
            yield Breach(f"/servers/{index}/x-name", message, "give each server a name of its own")
        seen.add(server.name or "")


def operations_name_a_page(subject: Subject) -> Iterator[Breach]:
    """S35."""
    for operation in subject.api.operations:
        if not operation.page.strip():
            message = f"{operation.label} does not say which page it was written from"
            yield Breach(operation.pointer, message, "add externalDocs: the title of the page as its description")
