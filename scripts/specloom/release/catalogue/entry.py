"""All that the catalogue shows of one API, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from specloom.generate.naming import Names
from specloom.release.catalogue.campaigns import Campaign
from specloom.release.catalogue.credentials import ShownScheme
from specloom.release.catalogue.operations import ShownMember, ShownOperation
from specloom.release.catalogue.proofs import Proof
from specloom.release.catalogue.schemas import Word
from specloom.release.catalogue.snippets import Snippets
from specloom.spec import Api
from specloom.spec.conflicts import Question


@attrs.frozen
class DocumentationPage:
    """A page of the vendor: the operation it is about (`POST /path`), its URL and day of capture, "" if unknown."""

    title: str
    operation: str
    url: str
    captured: str


@attrs.frozen
class ShownSchema:
    """A component schema; `schemas` that it names are links."""

    anchor: str
    name: str
    type: tuple[Word, ...]
    description: str
    values: tuple[str, ...]
    limits: tuple[str, ...]
    members: tuple[ShownMember, ...]


@attrs.frozen
class Entry:
    """An API in the catalogue.

    `released` is the version of the package as last released, None before the first release; `requirement` is what pip
    is asked for. `changelog` is Markdown, "" when there is none; `snippets` go by operationId.
    """

    api: Api
    names: Names
    released: str | None
    requirement: str
    changelog: str
    pages: tuple[DocumentationPage, ...]
    questions: tuple[Question, ...]
    operations: tuple[ShownOperation, ...]
    schemas: tuple[ShownSchema, ...]
    schemes: tuple[ShownScheme, ...]
    snippets: Mapping[str, Snippets]
    proof: Proof
    campaign: Campaign

    @property
    def info(self) -> Mapping[str, Any]:
        """The Info Object of the spec."""
        found: Mapping[str, Any] = self.api.document.data["info"]
        return found

    @property
    def summary(self) -> str:
        """One line about the API."""
        text = self.info.get("summary") or next(iter(self.info.get("description", "").strip().splitlines()), "")
        return str(text)

    def page_of(self, operation: ShownOperation) -> DocumentationPage | None:
        """Return the page that an operation was written from, if it is listed."""
        titled = (page for page in self.pages if page.title == operation.operation.page)
        return next((page for page in titled if page.operation == operation.operation.label), None)
