"""Say what was found in two packages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import attrs
import griffe

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.client.rules import BY_ID
from specloom.spec import Place

Named = griffe.Object | griffe.Alias

_ASYNC: Final = re.compile(r"^Async(?=[A-Z])")
_WITH_RESPONSE: Final = re.compile(r"_with_response(?=\(|$)")


@attrs.frozen
class Pair:
    """What is public as `where` in the two packages; None in the one that lacks it."""

    where: str
    base: Named | None
    revision: Named | None

    def change(self, rule: str, severity: Severity, message: str, why: str = "", *, inside: str = "") -> Change:
        """Return the finding of `rule`; `inside` names a part, as in `.colour` or `(limit)`."""
        return Change(
            rule=rule,
            severity=severity,
            side=Side.CLIENT,
            operation=None,
            where=f"{self.where}{inside}",
            base=_place(self.base),
            revision=_place(self.revision),
            message=message,
            why=why if severity is Severity.BREAKING else "",
            remedy=BY_ID[rule].remedy if severity is Severity.BREAKING else "",
        )

    def added(self, rule: str, message: str) -> Change:
        """Return the finding of `rule` that this is new."""
        return self.change(rule, Severity.ADDITIVE, message)

    def broken(self, rule: str, message: str, why: str, *, inside: str = "") -> Change:
        """Return the finding of `rule` that code which uses this breaks, and `why`."""
        return self.change(rule, Severity.BREAKING, message, why, inside=inside)


def folded(changes: Iterable[Change]) -> list[Change]:
    """Leave out what says of the twin of a class or of a method what was said of itself.

    Twins are what is to be awaited, what gives the whole response, and the pydantic model of a schema.
    """
    found: dict[tuple[str, str], Change] = {}
    for change in sorted(changes, key=lambda each: each.where != twin(each.where)):
        found.setdefault((change.rule, twin(change.where)), change)
    return list(found.values())


def twin(where: str) -> str:
    """Return the name of what `where` is the twin of; itself when it is no twin."""
    where = f"models.{where.removeprefix('schemas.')}" if where.startswith("schemas.") else where
    return _WITH_RESPONSE.sub("", _ASYNC.sub("", where))


def _place(found: Named | None) -> Place | None:
    """Return where something stands in its package, as in `parcels_client/facade.py:40`; None for nothing."""
    if found is None or isinstance(found.filepath, list) or isinstance(found.package.filepath, list):
        return None
    return Place(found.filepath.relative_to(found.package.filepath.parent.parent), found.lineno)
