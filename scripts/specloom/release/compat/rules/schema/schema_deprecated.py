"""deprecated: the value will go one day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from specloom.release.compat.pairs import FormPair
from specloom.release.compat.rule import Delta, SchemaRule
from specloom.release.compat.variance import Variance


def _check(pair: FormPair) -> Iterator[Delta]:
    if "deprecated" in pair.revision.notes and "deprecated" not in pair.base.notes:
        yield Delta(Variance.EXTENDED, "this is deprecated now", "deprecated", accepted=Variance.SAME)


RULE: Final = SchemaRule("schema-deprecated", "a value was deprecated", _check, request="", response="")
