"""How the findings of `specloom lint` are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from specloom.cli import options
from specloom.cli.saying import say
from specloom.spec import Document, Finding
from specloom.spec.lint import lint
from specloom.spec.validity import findings as unusable_findings
from specloom.spec.vocabulary import is_foreign


@attrs.frozen
class Checked:
    """A document and what is wrong with it; `warnings` when that keeps nobody from using it."""

    document: Document
    findings: tuple[Finding, ...]
    usable: bool
    warnings: bool


def check(document: Document) -> Checked:
    """Hold `document` against all rules; in a foreign one that can be used, all of them are warnings."""
    usable = not any(unusable_findings(document))
    return Checked(document, tuple(lint(document)), usable, warnings=usable and is_foreign(document))


def show(checked: Sequence[Checked], *, as_json: bool) -> int:
    """Print all findings; return 0 for none or warnings alone, 1 for a broken rule, 2 for an unusable spec."""
    if as_json:
        options.print_json([value for each in checked for value in _values(each)])
    else:
        for each in checked:
            (_show_warnings if each.warnings else _show_errors)(each)
    if not all(each.usable for each in checked):
        return 2
    return 1 if any(each.findings and not each.warnings for each in checked) else 0


def _values(checked: Checked) -> list[dict[str, object]]:
    document, level = checked.document, "warning" if checked.warnings else "error"
    return [
        {"file": str(document.path), "line": document.line(each.pointer), "level": level, **attrs.asdict(each)}
        for each in checked.findings
    ]


def _show_errors(checked: Checked) -> None:
    for each in checked.findings:
        say(f"{checked.document.place(each.pointer)}: {each.rule} {each.message}\n  {each.remedy}")


def _show_warnings(checked: Checked) -> None:
    """Print each rule once, with the first place that breaks it: in a spec of others there may be thousands."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for each in checked.findings:
        by_rule[each.rule].append(each)
    for rule, found in sorted(by_rule.items()):
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        say(f"{checked.document.place(found[0].pointer)}: warning: {rule} {found[0].message}{more}")
