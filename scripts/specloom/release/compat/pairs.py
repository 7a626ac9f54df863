"""The two halves that a rule compares: the same part of the API in the base document and in its revision."""

from __future__ import annotations

from typing import Any

import attrs

from specloom.release.compat.change import Side
from specloom.spec import Document, Place


@attrs.frozen
class Part:
    """A value in a document; `pointer` leads to where it stands, through `$ref` where there is one."""

    document: Document = attrs.field(repr=False)
    pointer: str
    value: Any = attrs.field(repr=False)

    @property
    def place(self) -> Place:
        """File, line and pointer."""
        return self.document.place(self.pointer)


@attrs.frozen
class ApiPair:
    """Two whole documents."""

    base: Part
    revision: Part


@attrs.frozen
class OperationPair:
    """An operation in both documents; `label` is that of the base, as in `POST /orders/{id}/cancel`.

    `base_path` and `revision_path` are the paths that it stands under. `inbound` operations are webhooks and callbacks:
    the API calls them, and clients answer.
    """

    label: str
    base: Part
    revision: Part
    api: ApiPair = attrs.field(repr=False)
    base_path: str = ""
    revision_path: str = ""
    inbound: bool = False
    base_item: Part | None = attrs.field(default=None, repr=False)
    revision_item: Part | None = attrs.field(default=None, repr=False)

    @property
    def sent(self) -> Side:
        """The side that the request of the operation stands on for clients."""
        return Side.RESPONSE if self.inbound else Side.REQUEST

    @property
    def received(self) -> Side:
        """The side that the responses of the operation stand on for clients."""
        return Side.REQUEST if self.inbound else Side.RESPONSE


@attrs.frozen
class SchemaPair:
    """A schema in both documents, `$ref` followed on either side.

    `where` names the part of the operation, as in `body $.items[].count`; `operation` is its label.
    """

    side: Side
    operation: str | None
    where: str
    base: Part
    revision: Part
