"""The facts that a page of a layout has to give: those of the spec, without what the layout does not show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.pages.layouts import docusaurus, fumadocs
from tests.pages.layouts.documented import Documented

from specloom.pages import EXISTS, REQUEST, Fact, Subject, read_path
from specloom.pages.paths import Step
from specloom.pages.specfacts import spec_facts
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

Facts = dict[str, Any]

_TOLD_OF_SAMPLES = frozenset({"sample", "sample-type", "in-sample", "member-count"})
_ABOUT_CALLS = frozenset({"authorization", "content-type"})
_SERVERLESS = frozenset({docusaurus.NAME, fumadocs.NAME})


def spec_of(page: Documented) -> tuple[Fact, ...]:
    """Return what the OpenAPI document of a page states."""
    api = read_api(parse(json.dumps(page.openapi()), Path("openapi.yaml")), "boxes")
    return tuple(each.fact for each in spec_facts(api, api.operations[0]))


def expected(page: Documented, layout: str, *, is_html: bool) -> Facts:
    """Return the facts of the spec that a layout shows, by subject and attribute."""
    return _told(fact for fact in spec_of(page) if _states(fact, layout, is_html=is_html))


def found(page: Documented, facts: Iterable[Fact]) -> Facts:
    """Return the facts that were read, without what samples say of members and what no spec holds."""
    facts = list(facts)
    samples = [fact for fact in facts if fact.subject.kind == "sample"]
    first = {fact.subject.where: fact.value for fact in samples if fact.subject.name == "0"}
    shown = [answer.status for answer in page.answers if answer.body is not None]
    names = {f"response {number}": status for number, status in enumerate(shown, 1)}
    return _told(
        Fact(_in(fact.subject, names.get(fact.subject.where, fact.subject.where)), fact.attribute, fact.value)
        for fact in facts
        if fact.subject.kind != "curl"
        # A page may show the same sample once more, as the body of a curl line.
        and not (fact in samples and fact.subject.name != "0" and fact.value in (True, first[fact.subject.where]))
        and fact.attribute not in _TOLD_OF_SAMPLES
        and (fact.subject.kind, fact.attribute) != ("status", "text")
        and not (fact.subject.kind == "parameter" and fact.subject.name.lower() in _ABOUT_CALLS)
    )


def _in(subject: Subject, where: str) -> Subject:
    return Subject(subject.kind, where, subject.name)


def _told(facts: Iterable[Fact]) -> Facts:
    return {
        f"{fact.subject} {fact.attribute}": fact.value
        for fact in facts
        if fact.subject.name != "$" and (fact.subject.kind, fact.attribute) != ("sample", EXISTS)
    }


def _states(fact: Fact, layout: str, *, is_html: bool) -> bool:
    if layout == docusaurus.NAME and fact.subject.kind == "member":
        is_element = read_path(fact.subject.name)[-1:] == (Step.ITEMS,)
        if (fact.attribute, fact.value) == ("required", False) or (is_element and fact.value == "object"):
            return False
    if layout == fumadocs.NAME and fact.subject.kind == "member" and fact.subject.where != REQUEST:
        return fact.attribute == EXISTS
    return is_shown(fact.subject, fact.attribute, layout, is_html=is_html)


def is_shown(subject: Subject, attribute: str, layout: str, *, is_html: bool) -> bool:
    """Return whether a change of an attribute of a subject can be seen in a layout."""
    if subject.kind == "server":
        return layout not in _SERVERLESS
    if subject.kind == "status":
        return layout != fumadocs.NAME or is_html
    if layout == fumadocs.NAME and subject.kind == "member" and subject.where != REQUEST:
        return attribute in {EXISTS, "type"}  # as its samples show it
    return True


def body_name(page: Documented, subject: Subject, layout: str, *, is_html: bool) -> Subject:
    """Return a subject under the name that its body has on a page: some layouts number the answers."""
    shown = [answer.status for answer in page.answers if answer.body is not None]
    if layout != fumadocs.NAME or is_html or subject.kind != "member" or subject.where == REQUEST:
        return subject
    return Subject(subject.kind, f"response {shown.index(subject.where) + 1}", subject.name)
