"""The shape of a rule: an id, what it says, and what finds the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from specloom.release.compat.change import Change
from specloom.release.compat.pairs import ApiPair, OperationPair, SchemaPair
from specloom.release.compat.variance import Variance


@attrs.frozen
class Delta:
    """What a schema rule found: how the accepted values changed, in which keyword, and why that matters."""

    variance: Variance
    message: str
    keyword: str = ""
    why: str = ""
    remedy: str = ""


@attrs.frozen
class SchemaRule:
    """A rule about one aspect of a schema; the side it stands on decides how severe a delta is."""

    id: str
    title: str
    check: Callable[[SchemaPair], Iterator[Delta]]


@attrs.frozen
class OperationRule:
    """A rule about one aspect of an operation: parameters, bodies, responses, security, behaviour."""

    id: str
    title: str
    check: Callable[[OperationPair], Iterator[Change]]


@attrs.frozen
class ApiRule:
    """A rule about one aspect of a whole API: paths, servers, security schemes."""

    id: str
    title: str
    check: Callable[[ApiPair], Iterator[Change]]
