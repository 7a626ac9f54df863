"""The shape of a rule: an id, what it says, and what finds the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from specloom.release.compat.change import Change
from specloom.release.compat.comparing.forms import TYPES
from specloom.release.compat.pairs import ApiPair, FormPair, OperationPair, ShapePair
from specloom.release.compat.variance import Variance


@attrs.frozen
class Delta:
    """What a schema rule found: how the accepted values changed, in which keyword, and why that matters.

    `keyword` is one of the schema's own, or `properties/NAME`, `required/NAME`. Without `why` and `remedy` those of
    its variance and of its rule are given. `accepted` tells what became of the accepted values where that is not
    `variance`: SAME for a delta that is about something else.
    """

    variance: Variance
    message: str
    keyword: str = ""
    why: str = ""
    remedy: str = ""
    accepted: Variance = attrs.field()

    @accepted.default
    def _accepted(self) -> Variance:
        return self.variance


@attrs.frozen
class SchemaRule:
    """A rule about a whole schema; the side it stands on decides how severe a delta is.

    `request` and `response` say how to avoid the break on that side.
    """

    id: str
    title: str
    check: Callable[[FormPair], Iterator[Delta]]
    request: str
    response: str


@attrs.frozen
class TypedRule:
    """A rule about the values of some JSON types, one alternative of them in both schemas.

    `listed` is True when the rule is about values that a schema lists (`enum`, `const`): it alone is asked then.
    """

    id: str
    title: str
    check: Callable[[ShapePair], Iterator[Delta]]
    request: str
    response: str
    types: frozenset[str] = frozenset(TYPES)
    listed: bool = False


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
