"""Ask of each fact of a spec whether a page states it too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from specloom.pages.checking.notes import inferred
from specloom.pages.checking.verdict import Claim, Judgement
from specloom.pages.facts import EXISTS, Fact, Subject
from specloom.pages.lock import Elsewhere
from specloom.pages.paths import Step, read_path
from specloom.pages.specfacts import SpecFact
from specloom.pages.specview import SpecView
from specloom.spec.equality import equal

# An example illustrates what is claimed elsewhere; the title is compared in the other direction.
_NO_CLAIMS: Final = frozenset({"title", "sample"})


class Pages:
    """What the pages of an API state of one operation, as far as the spec does not say otherwise."""

    def __init__(self, view: SpecView, judgements: Iterable[Judgement]) -> None:
        self.view = view
        self._facts: dict[tuple[str, str, str], dict[str, list[Fact]]] = {}
        for judged in judgements:
            if judged.outcome in {"agrees", "known", "outside"}:
                for key in self._keys(judged.fact.subject):
                    self._facts.setdefault(key, {}).setdefault(judged.fact.attribute, []).append(judged.fact)

    def _keys(self, subject: Subject) -> list[tuple[str, str, str]]:
        """Return how the spec calls a subject: a name may be one of a map's, a template's path is one of many."""
        where = self.view.where(subject.where)
        if subject.kind == "member":
            site = self.view.site(subject)
            return [] if site.member is None else [("member", where, repr(site.member.steps))]
        if subject.kind == "operation":
            return [("operation", "", self.view.operation.label)]
        return [(subject.kind, where, subject.name.lower() if subject.where == "header" else subject.name)]

    def stated(self, subject: Subject) -> Mapping[str, list[Fact]]:
        """Return the facts of the pages about a subject of the spec, by attribute."""
        where, name = subject.where, subject.name
        if subject.kind == "member":
            return self._facts.get(("member", where, repr(read_path(name))), {})
        return self._facts.get((subject.kind, where, name.lower() if where == "header" else name), {})

    def shows(self, where: str) -> bool:
        """Return whether the pages state anything of a body."""
        return any(place == where for _, place, _ in self._facts)


def is_claim(stated: SpecFact) -> bool:
    """Return whether somebody has to say what the spec states: it is more than form, and more than an illustration."""
    fact = stated.fact
    kind, attribute = fact.subject.kind, fact.attribute
    if kind in _NO_CLAIMS or attribute == "example" or (attribute == "required" and not fact.value):
        return False
    if (
        kind == "parameter"
        and fact.subject.where == "path"
        and (attribute, fact.value)
        in {
            ("required", True),
            ("minLength", 1),
        }
    ):  # fmt: skip - a path without it is another path
        return False
    if kind != "member":
        return True
    steps = read_path(fact.subject.name)
    is_element = not steps or isinstance(steps[-1], Step)
    return not (is_element and (attribute == EXISTS or (attribute == "type" and fact.value in ("object", "array"))))


def says(pages: Pages, stated: SpecFact) -> bool:
    """Return whether the pages state a fact of the spec."""
    fact = stated.fact
    found = pages.stated(fact.subject)
    match fact.attribute:
        case "exists":
            said = bool(found) or _shown_without_status(pages, fact.subject)
        case "type":
            said = "type" in found or "sample-type" in found
        case "nullable":
            said = "nullable" in found or any("null" in _types(each) for each in _all(found, "type", "sample-type"))
        case "required":
            always = any(each.value == "always" for each in found.get("in-sample", ()))
            said = always or "condition" in found or any(each.value for each in found.get("required", ()))
        case "enum":
            told = [value for each in _all(found, "enum", "sample") for value in each.value]
            said = _covers([*told, *(each.value for each in found.get("example", ()))], fact.value)
        case "format" if "format" not in found:  # values show it: they were found to be valid
            said = "sample" in found or "example" in found
        case _:
            said = any(equal(each.value, fact.value) for each in found.get(fact.attribute, ()))
    return said


def claims(
    pages: Mapping[str, Pages], facts: Mapping[str, Iterable[SpecFact]], elsewhere: Iterable[Elsewhere]
) -> list[Claim]:
    """Return the claims of a spec with who supports them; `pages` and `facts` are by the id of the operation.

    A schema that is used in several places states something once: one page that says so is enough.
    """
    merged: dict[tuple[Any, ...], list[tuple[str, SpecFact]]] = {}
    for operation, listed in facts.items():
        for stated in listed:
            if is_claim(stated):
                merged.setdefault(_statement(stated), []).append((operation, stated))
    return [_claim(pages, places, list(elsewhere)) for places in merged.values()]


def _claim(pages: Mapping[str, Pages], places: list[tuple[str, SpecFact]], elsewhere: list[Elsewhere]) -> Claim:
    stated = places[0][1]
    if any(says(pages[operation], each) for operation, each in places):
        return Claim(stated, "stated")
    document = next(iter(pages.values())).view.document
    notes = [inferred(document, each) for _, each in places]
    if all(notes):
        return Claim(stated, "inferred", notes[0])
    for other in elsewhere:
        covered = [_below(pointer, other.at) for _, each in places for pointer in (each.pointer, *each.own[:1])]
        if any(covered):
            return Claim(stated, "elsewhere", other.pointer)
    return Claim(stated, "unsupported")


def _statement(stated: SpecFact) -> tuple[Any, ...]:
    """Return what makes two facts one statement of the spec."""
    name = stated.fact.subject.name.rpartition(".")[2] if stated.fact.attribute in {"required", "condition"} else ""
    return stated.pointer, stated.fact.attribute, name


def _below(pointer: str, at: str) -> bool:
    return pointer == at or pointer.startswith(f"{at}/")


def _shown_without_status(pages: Pages, subject: Subject) -> bool:
    """Return whether an answer is shown on a page that does not say statuses."""
    return subject.kind == "status" and bool(pages.view.bodies(subject.name)) and pages.shows(subject.name)


def _all(found: Mapping[str, list[Fact]], *attributes: str) -> list[Fact]:
    return [each for attribute in attributes for each in found.get(attribute, ())]


def _types(fact: Fact) -> list[str]:
    return [fact.value] if isinstance(fact.value, str) else list(fact.value)


def _covers(told: list[Any], wanted: list[Any]) -> bool:
    return all(any(equal(value, other) for other in told) for value in wanted)
