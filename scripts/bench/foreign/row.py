"""What one tool made of one document."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Row:
    """What `tool` made of the document `name`; None stands for what was not, or could not be, measured.

    `kept` are the operations that can be called in what was generated, as `GET /path/{}`; `lost` says why another
    one is not, as far as the tool says so. `answered` of `asked` operations had their documented success from the
    sandbox, and `changes` is what is told of the spec beside itself. `seconds`, those of processors and `peak` (MB) are
    of the generation alone. `notes` say what failed. `made_of` tells whether the row is still true: digests of the
    document and versions of the tool.
    """

    name: str
    tool: str
    made_of: str
    size: float
    version: str
    operations: tuple[str, ...]
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    lint_errors: int | None = None
    type_errors: int | None = None
    import_errors: int | None = None
    asked: int | None = None
    answered: int | None = None
    false_alarms: int | None = None
    changes: int | None = None
    seconds: float | None = None
    processor_seconds: float | None = None
    peak: float | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return attrs.asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Row:
        """Read what `as_json` has written. Raises TypeError for a row of another version."""
        values: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in value.items()}
        return cls(**values)
