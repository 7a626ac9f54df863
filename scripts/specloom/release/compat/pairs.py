"""The two halves that a rule compares: the same part of the API in the base document and in its revision."""

from __future__ import annotations

from typing import Any, Protocol

import attrs

from specloom.release.compat.change import Side
from specloom.release.compat.comparing.forms import Form, Key, Lone, Shape
from specloom.release.compat.variance import Variance
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


class Inner(Protocol):
    """Compares the schemas inside those that a rule looks at (comparing.comparison.Comparison)."""

    def variance(self, base: Key, revision: Key, *, matching: bool = True) -> Variance:
        """Return how the values of two schemas stand that see the same value as the schema around them.

        What an open object does not declare counts here: the schema around may declare it. `matching` is False when
        the two need not belong together; then what is nested deeply is taken to differ.
        """


@attrs.frozen
class FormPair:
    """The forms of a schema in both documents; `gone` and `come` are alternatives without counterpart."""

    side: Side
    base: Form
    revision: Form
    gone: tuple[Lone, ...] = ()
    come: tuple[Lone, ...] = ()


@attrs.frozen
class ShapePair:
    """What a schema demands of the values of one JSON type in both documents, one alternative each.

    `partial`: other schemas, not compared here, apply to the same values, and may declare more members.
    """

    side: Side
    base: Shape
    revision: Shape
    inner: Inner = attrs.field(repr=False)
    partial: bool = False
