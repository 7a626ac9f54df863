"""Whatever facts there are, comparing them ends with a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.pages.checking import check
from specloom.pages.drift import changes
from specloom.pages.drift.watching import findings
from specloom.pages.facts import EXISTS, Fact, Subject
from specloom.pages.specfacts import spec_facts
from specloom.pages.specview import SpecView
from specloom.spec import load
from specloom.spec.loading import read_api

API = read_api(load(Path(__file__).parents[1] / "spec" / "parcel.yaml"), "parcel")
OPERATION = API.operations[0]
STATED = [each.fact for each in spec_facts(API, OPERATION)]
TOLD = [
    fact for fact in STATED if fact.attribute not in {EXISTS, "text", "value", "example"} and fact.value is not False
]

WHERE = st.sampled_from(["request", "200", "422", "418", "response 1", "response 99", ""])
PATHS = st.sampled_from(
    [
        "$",
        "$.reason",
        "$.reason.kind",
        "$.reason.date",
        "$.weights",
        "$.weights[]",
        "$.owner.name",
        "$.x",
        "$.x[].y",
        "$.*",
    ]
)
TYPES = st.sampled_from(["string", "integer", "number", "object", "array", "boolean", "null", ["null", "string"], []])
SCALARS: st.SearchStrategy[Any] = st.sampled_from([None, True, 0, 1.5, "", "P1", "DATE", [], {}])
SUBJECTS = st.one_of(
    st.builds(Subject, st.just("member"), WHERE, PATHS),
    st.builds(Subject, st.just("parameter"), st.sampled_from(["path", "header"]), st.sampled_from(["number", "a"])),
    st.builds(Subject, st.sampled_from(["sample", "media-type", "header"]), WHERE, st.sampled_from(["0", "text/xml"])),
    st.builds(Subject, st.sampled_from(["status", "security", "server", "operation", "curl", "title"]), st.just(""),
              st.sampled_from(["200", "bearer", "https://a.b", "POST /parcels/{number}/hold", "POST", "0", ""])),
)  # fmt: skip
ATTRIBUTES: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.just((EXISTS, True)),
    st.tuples(st.sampled_from(["type", "sample-type"]), TYPES),
    st.tuples(st.sampled_from(["enum", "sample", "either"]), st.lists(SCALARS, max_size=3)),
    st.tuples(st.sampled_from(["example", "default", "value", "minLength", "pattern", "body"]), SCALARS),
    st.tuples(st.sampled_from(["required", "nullable"]), st.booleans()),
    st.tuples(st.just("in-sample"), st.sampled_from(["always", "sometimes"])),
    st.tuples(st.sampled_from(["text", "url", "method", "fault"]), st.sampled_from(["", "POST", "$A/parcels/P1/hold"])),
    st.just(("headers", {"A": None})),
    st.just(("member-count", 3)),
    st.tuples(
        st.just("condition"),
        st.fixed_dictionaries({"member": st.sampled_from(["$.reason.kind", "$.a[]", "kind"]), "equals": SCALARS}),
    ),
)


def _facts(drawn: dict[Subject, dict[str, Any]]) -> list[Fact]:
    return [
        Fact(subject, attribute, value)
        for subject, values in drawn.items()
        for attribute, value in {EXISTS: True, **values}.items()
    ]


FACTS = st.dictionaries(SUBJECTS, st.lists(ATTRIBUTES, max_size=4).map(dict), max_size=8).map(_facts)


@settings(max_examples=50)
@given(FACTS)
def test_any_facts_are_judged_and_none_is_dropped(facts: list[Fact]) -> None:
    report = check(API, [("page", OPERATION, facts)])

    assert [judged.fact for judged in report.pages[0].judgements] == facts
    assert report.counts["claims"] == sum(count for name, count in report.counts.items() if name != "claims")


@settings(max_examples=50)
@given(FACTS, FACTS)
def test_any_two_captures_are_compared(before: list[Fact], after: list[Fact]) -> None:
    told = findings(SpecView(API, OPERATION), before, after)

    for each in told:
        API.document.at(each.pointer)
        assert each.why
    assert changes(before, before) == []
    assert bool(changes(before, after)) == bool(told)
    assert bool(changes(before, after)) == bool(changes(after, before))


@given(st.sampled_from(TOLD))
def test_what_a_spec_states_shows_as_one_change_when_it_is_left_out(left_out: Fact) -> None:
    """Any attribute of any member that the spec states, but for the values that samples and examples have."""
    found = changes(STATED, [fact for fact in STATED if fact != left_out])

    assert [(change.subject, change.attribute) for change in found] == [left_out.key]
