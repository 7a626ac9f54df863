"""A part of the API that is in the base, in the revision, or in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs

from specloom.release.compat.change import Change, Severity, Side
from specloom.release.compat.pairing.parts import fields
from specloom.release.compat.pairs import Part
from specloom.release.compat.variance import Variance
from specloom.spec import Place
from specloom.spec import pointer as json_pointer

Key = TypeVar("Key")


@attrs.frozen
class Match:
    """The same part of an operation, or of the API, in the two documents; None where a document lacks it."""

    side: Side
    operation: str | None
    where: str
    base: Part | None
    revision: Part | None

    @property
    def added(self) -> bool:
        """Whether only the revision has it."""
        return self.base is None

    @property
    def removed(self) -> bool:
        """Whether only the base has it."""
        return self.revision is None

    @property
    def both(self) -> bool:
        """Whether both documents have it."""
        return self.base is not None and self.revision is not None

    @property
    def old(self) -> Mapping[str, Any]:
        """Its members in the base."""
        return fields(self.base)

    @property
    def new(self) -> Mapping[str, Any]:
        """Its members in the revision."""
        return fields(self.revision)

    def became(self, name: str) -> bool:
        """Whether the member `name`, absent or false in the base, is true in the revision."""
        return self.both and self.new.get(name) is True and self.old.get(name) is not True

    def ceased(self, name: str) -> bool:
        """Whether the member `name`, true in the base, is absent or false in the revision."""
        return self.both and self.old.get(name) is True and self.new.get(name) is not True

    def change(  # noqa: PLR0913 - the parts of a finding
        self, rule: str, severity: Severity | Variance, message: str, *, why: str = "", remedy: str = "", at: str = ""
    ) -> Change:
        """Return the finding of the rule called `rule`; a variance is judged by the side that this stands on.

        Its places are those of the member `at`, where there is one.
        """
        return Change(
            rule=rule,
            severity=severity.severity(self.side) if isinstance(severity, Variance) else severity,
            side=self.side,
            operation=self.operation,
            where=self.where,
            base=_place(self.base, at),
            revision=_place(self.revision, at),
            message=message,
            why=why,
            remedy=remedy,
        )


def matched(base: Mapping[Key, Part], revision: Mapping[Key, Part]) -> Iterator[tuple[Key, Part | None, Part | None]]:
    """Yield (key, base, revision) for each key of either, in the order of the base."""
    for key in [*base, *(key for key in revision if key not in base)]:
        yield key, base.get(key), revision.get(key)


def _place(part: Part | None, member: str) -> Place | None:
    if part is None:
        return None
    return part.document.place(part.pointer + json_pointer.join(member)) if member in fields(part) else part.place
