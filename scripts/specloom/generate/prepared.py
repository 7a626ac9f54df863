"""A document as each generator gets it, and what stands behind the names in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from specloom.generate.result import Loss
from specloom.spec import Api


@attrs.frozen
class Prepared:
    """What a client is made of.

    `api` is the API without what was left out, `modules` the tag package and the module of each operation by its id.
    `classes` has the name of each class by the pointer of its schema in the spec, where these are not those that
    openapi-python-client would choose. `members` and `parameters` have the names in the spec of what is called
    otherwise: by class and new name, and by operation, location and new name. `overrides` says as what media types are
    taken. `losses` tells what is missing or wider than in the spec.
    """

    document: dict[str, Any] = attrs.field(repr=False)
    api: Api = attrs.field(repr=False)
    modules: Mapping[str, tuple[str, str]]
    classes: Mapping[str, str] = attrs.field(factory=dict)
    members: Mapping[tuple[str, str], str] = attrs.field(factory=dict)
    parameters: Mapping[tuple[str, str, str], str] = attrs.field(factory=dict)
    overrides: Mapping[str, str] = attrs.field(factory=dict)
    losses: tuple[Loss, ...] = ()


@attrs.frozen
class Modelled:
    """What pydantic models are made of: a document that holds a schema for each of them.

    `python` says whether Python has to check its patterns, `losses` where models accept more than the schemas do.
    """

    document: dict[str, Any] = attrs.field(repr=False)
    python: bool
    losses: tuple[Loss, ...] = ()
