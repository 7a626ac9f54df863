"""Read what the catalogue shows of each API: its spec, what stands beside that, and the last reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from specloom.generate.naming import names_of
from specloom.release.catalogue.anchors import anchor
from specloom.release.catalogue.campaigns import read_campaign
from specloom.release.catalogue.credentials import shown_schemes
from specloom.release.catalogue.entry import DocumentationPage, Entry, ShownSchema
from specloom.release.catalogue.operations import ShownMember, shown_operation
from specloom.release.catalogue.proofs import read_proof
from specloom.release.catalogue.schemas import limits_of, members, type_of, values_of
from specloom.release.catalogue.snippets import Snippets, write_snippets
from specloom.release.spec_version import VERSION
from specloom.release.versions import Version
from specloom.spec import Api, Place, SpecloomError, load, load_api
from specloom.spec.conflicts import conflicts

_BATCH: Final = 8


@attrs.frozen
class Sources:
    """What the catalogue is made of: the specs, and the reports of the last proof and of the last campaigns."""

    specs: Sequence[Path]
    proof: Path
    campaign: Path


def read_entries(sources: Sources) -> Iterator[Entry]:
    """Yield an entry for each spec, in the order given. Raises SpecloomError when one cannot be read.

    Only a batch is in memory at a time: many specs at once keep the garbage collector busier than all else together.
    """
    for start in range(0, len(sources.specs), _BATCH):
        apis = [load_api(path) for path in sources.specs[start : start + _BATCH]]
        snippets = write_snippets(apis)
        yield from (_entry(api, found, sources) for api, found in zip(apis, snippets, strict=True))


def _entry(api: Api, snippets: Mapping[str, Snippets], sources: Sources) -> Entry:
    folder = api.document.path.parent
    names = names_of(api.document.path)
    released = _released(folder / "released.yaml")
    return Entry(
        api=api,
        names=names,
        released=None if released is None else str(released),
        requirement=names.distribution if released is None else f"{names.distribution}{_compatible(released)}",
        changelog=_text(folder / "CHANGELOG.md"),
        pages=tuple(_pages(folder / "pages.yaml")),
        questions=tuple(conflicts(api.document)),
        operations=tuple(shown_operation(api, each) for each in api.operations),
        schemas=tuple(_schemas(api)),
        schemes=shown_schemes(api),
        snippets=snippets,
        proof=read_proof(sources.proof, api),
        campaign=read_campaign(sources.campaign, api),
    )


def _released(path: Path) -> Version | None:
    """Return the version in the spec as last released."""
    if not path.is_file():
        return None
    document = load(path)
    try:
        return Version.parse(str(document.at(VERSION)))
    except SpecloomError as error:
        raise document.error(error.message, VERSION, error.remedy) from None


def _compatible(version: Version) -> str:
    """Return what takes `version` and later ones that break nothing, as PEP 440 writes it."""
    return f"~={version}" if version.major == 0 else f"~={version.major}.{version.minor}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SpecloomError(f"cannot be read: {error}", place=Place(path), remedy="save it as UTF-8") from None


def _pages(path: Path) -> Iterator[DocumentationPage]:
    """Yield the pages that are listed (specs/README.md, Pages); whoever locks them checks the file."""
    listed = load(path).data if path.is_file() else {}
    pages = listed.get("pages") if isinstance(listed, Mapping) else None
    for page in pages if isinstance(pages, list) else ():
        if isinstance(page, Mapping):
            yield DocumentationPage(*(str(page.get(name, "")) for name in ("title", "operation", "url", "captured")))


def _schemas(api: Api) -> Iterator[ShownSchema]:
    for name, schema in api.document.data.get("components", {}).get("schemas", {}).items():
        yield ShownSchema(
            anchor=anchor("schema", name),
            name=name,
            type=type_of(schema),
            description=schema.get("description", "") if isinstance(schema, Mapping) else "",
            values=values_of(schema),
            limits=limits_of(schema),
            members=tuple(ShownMember(anchor("schema", name, *each.tokens), each) for each in members(schema)),
        )
