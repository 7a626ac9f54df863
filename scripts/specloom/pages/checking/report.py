"""Check the pages of an API against its spec, and count what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from specloom.pages.checking.claims import Pages, claims
from specloom.pages.checking.judging import judge
from specloom.pages.checking.verdict import Claim, Judgement
from specloom.pages.facts import Fact
from specloom.pages.lock import Elsewhere
from specloom.pages.specfacts import spec_facts
from specloom.pages.specview import SpecView
from specloom.spec import Api, Operation


@attrs.frozen
class CheckedPage:
    """A page, the operation that it documents, and what comes of each of its facts."""

    source: str
    operation: str
    judgements: tuple[Judgement, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many facts there are, and how many of each outcome."""
        found: Counter[str] = Counter(judged.outcome for judged in self.judgements)
        return {"facts": len(self.judgements), **found}


@attrs.frozen
class Report:
    """What came of checking some pages of an API; `unused` are entries of `elsewhere` that no claim needs."""

    api: str
    pages: tuple[CheckedPage, ...]
    claims: tuple[Claim, ...]
    unused: tuple[Elsewhere, ...] = ()

    @property
    def faults(self) -> list[Judgement]:
        """The facts of pages that the spec lacks or contradicts."""
        return [each for page in self.pages for each in page.judgements if each.outcome in {"missing", "contradicts"}]

    @property
    def unsupported(self) -> list[Claim]:
        """What the spec states and nobody else."""
        return [claim for claim in self.claims if claim.support == "unsupported"]

    @property
    def is_clean(self) -> bool:
        """Whether pages and spec agree, as far as notes do not explain why they do not."""
        return not (self.faults or self.unsupported or self.unused)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims the spec makes, and how many of each kind of support."""
        found: Counter[str] = Counter(claim.support for claim in self.claims)
        return {"claims": len(self.claims), **found}


def check(
    api: Api, pages: Iterable[tuple[str, Operation, Sequence[Fact]]], elsewhere: Sequence[Elsewhere] = ()
) -> Report:
    """Check pages, each given as (source, operation, facts), against the spec of `api`.

    What the spec states of an operation is looked for on all its pages, and what `elsewhere` lists is excused. An entry
    of `elsewhere` is unused when it excuses nothing; that is told only when every operation has a page.
    """
    views: dict[str, SpecView] = {}
    judged: dict[str, list[Judgement]] = {}
    checked = []
    for source, operation, facts in pages:
        view = views.setdefault(operation.id, SpecView(api, operation))
        judgements = [judge(view, fact) for fact in facts]
        judged.setdefault(operation.id, []).extend(judgements)
        checked.append(CheckedPage(source, operation.label, tuple(judgements)))
    stated = {name: Pages(view, judged[name]) for name, view in views.items()}
    claimed = claims(stated, {name: spec_facts(api, view.operation) for name, view in views.items()}, elsewhere)
    used = {claim.note for claim in claimed}
    is_whole = len(views) == len(api.operations)
    unused = tuple(other for other in elsewhere if is_whole and other.pointer not in used)
    return Report(api.name, tuple(checked), tuple(claimed), unused)
