"""Gather facts while a page is read: the first statement of each stands, a later one that differs is remarked upon."""

from __future__ import annotations

from typing import Any, Final

from specloom.pages.facts import EXISTS, Fact, Kind, Remark, Subject

MAX_FACTS: Final = 20_000
"""Most facts that are kept of a page."""
MAX_REMARKS: Final = 1000
"""Most remarks that are kept of a page."""
_MAX_TEXT: Final = 200


class Collector:
    """The facts and remarks found so far."""

    def __init__(self) -> None:
        self._facts: dict[tuple[Subject, str], Fact] = {}
        self._remarks: dict[Remark, None] = {}
        self._subjects: dict[Kind, dict[Subject, None]] = {}

    def add(self, subject: Subject, attribute: str, value: Any, line: int, reader: str) -> None:
        """Keep a fact; its subject exists with it."""
        if attribute not in {EXISTS, "text"}:
            self.add(subject, EXISTS, True, line, reader)  # noqa: FBT003 - the fact's value
        fact = Fact(subject, attribute, value, line, reader)
        earlier = self._facts.get(fact.key)
        if earlier is None:
            if len(self._facts) < MAX_FACTS:
                self._facts[fact.key] = fact
                self._subjects.setdefault(subject.kind, {})[subject] = None
            else:
                self.remark(line, str(subject), f"a page with over {MAX_FACTS} facts is not read to its end")
        elif earlier != fact:
            reason = f"line {earlier.line} says {earlier.value!r}"[:_MAX_TEXT]
            self.remark(line, f"{subject} {attribute}: {value!r}", f"contradiction: {reason}")

    def get(self, subject: Subject, attribute: str) -> Any:
        """Return the value of a fact, None when there is none."""
        fact = self._facts.get((subject, attribute))
        return None if fact is None else fact.value

    def subjects(self, kind: Kind) -> tuple[Subject, ...]:
        """Return the subjects of a kind, in the order in which they were found."""
        return tuple(self._subjects.get(kind, ()))

    def remark(self, line: int, text: str, reason: str) -> None:
        """Keep what was not understood."""
        if len(self._remarks) < MAX_REMARKS:
            self._remarks[Remark(line, text.strip()[:_MAX_TEXT], reason)] = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in the order of their lines."""
        return tuple(sorted(self._facts.values(), key=lambda fact: fact.line))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks in the order of their lines."""
        return tuple(sorted(self._remarks, key=lambda remark: remark.line))
