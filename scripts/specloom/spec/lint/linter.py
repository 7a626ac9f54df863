"""Hold a document against all rules."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.spec.document import Document
from specloom.spec.finding import Finding
from specloom.spec.lint.rules import RULES
from specloom.spec.lint.subject import Subject
from specloom.spec.validity import findings as validity_findings


def lint(document: Document) -> list[Finding]:
    """Return every breach of a rule in `document`, in the order of the file; an empty list when there is none.

    A document that breaks S01 to S05 is not looked at further: the other rules presuppose them.
    """
    found = list(validity_findings(document)) or [*_invalid(document), *_breaches(document)]
    return sorted(found, key=lambda finding: (document.line(finding.pointer), finding.pointer, finding.rule))


def _invalid(document: Document) -> Iterator[Finding]:
    # Imported here, as it takes longer than all linting: those who only read findings do not wait for it.
    from specloom.spec.lint.beyond import messages  # noqa: PLC0415

    for message in messages(document.data):
        yield Finding("S01", "", message, "follow the OpenAPI 3.1 specification")


def _breaches(document: Document) -> Iterator[Finding]:
    subject = Subject(document)
    for rule in RULES:
        for breach in rule.check(subject) if rule.check is not None else ():
            yield Finding(rule.number, breach.pointer, breach.message, breach.remedy)
