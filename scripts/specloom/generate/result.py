"""What generating and checking report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import attrs


@attrs.frozen
class Loss:
    """What a package lacks of its spec: an operation or a way to write its body, or the exact type of a schema.

    `subject` names it (`POST /pets`, `text/csv`); `pointer` says where in the spec it stands.
    """

    kind: Literal["operation", "media type", "parameter", "schema", "models"]
    pointer: str
    subject: str
    reason: str


def grouped(losses: Iterable[Loss]) -> dict[tuple[str, str], list[Loss]]:
    """Return the losses by what they are of and reason; operations, the worst of them, come first."""
    found: dict[tuple[str, str], list[Loss]] = {}
    for loss in sorted(losses, key=lambda each: each.kind != "operation"):
        found.setdefault((loss.kind, loss.reason), []).append(loss)
    return found


@attrs.frozen
class Counts:
    """How much a package holds: operations, modules and attrs models of the client, pydantic models.

    `losses` tells what it lacks of its spec.
    """

    operations: int
    client_modules: int
    client_models: int
    pydantic_models: int
    losses: tuple[Loss, ...] = ()


@attrs.frozen
class Generated:
    """A package in place. `changed` is False when it was up to date and left alone; `seconds` is the time it took."""

    api: str
    operations: int
    client_modules: int
    client_models: int
    pydantic_models: int
    seconds: float
    changed: bool
    path: Path
    losses: tuple[Loss, ...] = ()


Kind = Literal["differs", "missing", "extra", "without a spec"]


@attrs.frozen
class Difference:
    """A file of a package that is not what the spec gives, or a package.

    `extra` is a file that nothing generates, `without a spec` a package of which there is none any more.
    """

    path: Path
    kind: Kind

    def __str__(self) -> str:
        """Return `path: kind`."""
        return f"{self.path}: {self.kind}"
