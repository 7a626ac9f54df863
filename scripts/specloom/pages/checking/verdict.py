"""What comes of holding a page and a spec against each other."""

from __future__ import annotations

from typing import Literal

import attrs

from specloom.pages.facts import Fact
from specloom.pages.specfacts import SpecFact

Outcome = Literal["agrees", "missing", "contradicts", "known", "outside"]
"""Of a fact of a page: the spec says so too, does not say it, says otherwise, says otherwise and why (x-conflict,
x-inferred), or cannot say anything of the kind."""

Support = Literal["stated", "inferred", "elsewhere", "unsupported"]
"""Of a fact of the spec: a page says it too, x-inferred says that none does, another source does, or nobody does."""


@attrs.frozen
class Judgement:
    """A fact of a page, what comes of it, why, and where in the spec that would be changed."""

    fact: Fact
    outcome: Outcome
    message: str = ""
    pointer: str = ""


@attrs.frozen
class Claim:
    """A fact of the spec, and who else says so; `note` is the pointer of the note that explains why no page does."""

    fact: SpecFact
    support: Support
    note: str = ""
