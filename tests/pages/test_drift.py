"""What changed on a page since its facts were locked: one change for each thing that changed, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.pages.drift import Finding, changes
from specloom.pages.drift.watching import findings
from specloom.pages.facts import Fact, Subject
from specloom.pages.reading import read_page
from specloom.pages.specview import SpecView
from specloom.spec import load
from specloom.spec.loading import read_api

SPEC = Path(__file__).parents[1] / "spec" / "parcel.yaml"
PAGE = Path(__file__).with_name("hold.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def found() -> Callable[[str], tuple[Finding, ...]]:
    """Return a function that says what changed between the page and another text of it."""
    api = read_api(load(SPEC), "parcel")
    view = SpecView(api, api.operations[0])
    before = read_page(PAGE.encode()).facts
    return lambda text: findings(view, before, read_page(text.encode()).facts)


def test_the_page_says_enough_to_be_compared() -> None:
    page = read_page(PAGE.encode())

    assert page.title == "Hold a parcel"
    assert page.operations == ("POST /parcels/{number}/hold",)
    assert len(page.facts) > 60
    assert page.remarks == ()


def changed(*replacements: tuple[str, str]) -> str:
    """Return the page with each of the texts replaced, all of which it has."""
    text = PAGE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


# fmt: off
CHANGES: list[tuple[str, list[tuple[str, str]], str, str, str]] = [
    ("a member of the answer renamed", [("\nstate\n", "\nstatus\n"), ('"state"', '"status"')],
     "member 200 $.status: was $.state before", "yes", "/components/schemas/Parcel/properties/state"),
    ("an optional member of the answer gone", [("weights\narray[number]\noptional\n", ""), ('"weights": [1.5],\n', "")],
     "member 200 $.weights: removed", "no", "/components/schemas/Parcel/properties/weights"),
    ("a required member of the answer gone", [("state\nstring\nrequired\n", ""), ('"state": "held",\n', "")],
     "member 200 $.state: removed", "yes", "/components/schemas/Parcel/properties/state"),
    ("a new member of the answer", [("weights\narray", "height\nnumber\nrequired\nweights\narray"),
                                    ('"weights"', '"height": 2.5,\n"weights"')],
     "member 200 $.height: added, required", "no", "/components/schemas/Parcel/properties"),
    ("a member of the answer with members", [('"weights"', '"depot": {"city": "A", "zip": "1"},\n"weights"')],
     "member 200 $.depot: added, with 2 inside", "no", "/components/schemas/Parcel/properties"),
    ("a new required member of the request", [("note\nstring\n", "urgent\nboolean\nrequired\nnote\nstring\n"),
                                               ('"note": null', '"urgent": true, "note": null')],
     "member request $.urgent: added, required", "yes", "/components/schemas/HoldRequest/properties"),
    ("a new optional member of the request", [("note\nstring\n", "urgent\nboolean\noptional\nnote\nstring\n"),
                                                ('"note": null', '"urgent": true, "note": null')],
     "member request $.urgent: added", "no", "/components/schemas/HoldRequest/properties"),
    ("a member of the request became required", [("note\nstring\noptional", "note\nstring\nrequired")],
     "member request $.note: became required", "yes", "/components/schemas/HoldRequest/required"),
    ("a member of the answer is no longer required", [("state\nstring\nrequired", "state\nstring\noptional")],
     "member 200 $.state: is no longer required", "yes", "/components/schemas/Parcel/required"),
    ("a type", [("number\nstring\nrequired\nstate", "number\ninteger\nrequired\nstate"), ('"P1001",', "1001,")],
     "member 200 $.number: type changed from string to integer", "yes",
     "/components/schemas/Parcel/properties/number/type"),
    ("a type in samples alone", [("[1.5]", '["1.5"]')],
     "member 200 $.weights[]: type in samples changed from number to string", "yes",
     "/components/schemas/Parcel/properties/weights/items/type"),
    ("a null where there was none", [('"weights": [1.5]', '"weights": null')],
     "member 200 $.weights: may be null now", "yes", "/components/schemas/Parcel/properties/weights"),
    ("a sample value", [('"held"', '"kept"')],
     "member 200 $.state: sample value changed from ['held'] to ['kept']", "no", "/components/schemas/Parcel"),
    ("a new status", [("🔴500", "🟠410Gone\n🔴500")],
     "status 410: added", "no", "/paths/~1parcels~1{number}~1hold/post/responses"),
    ("a new success", [("🟠409", "🟢202Accepted\n🟠409")],
     "status 202: added", "yes", "/paths/~1parcels~1{number}~1hold/post/responses"),
    ("a status gone", [("🟠409Conflict\n", "")],
     "status 409: removed", "no", "/paths/~1parcels~1{number}~1hold/post/responses/409"),
    ("a query parameter", [("Body Params", "Query Params\ndry\nboolean\nrequired\nBody Params")],
     "parameter query dry: added, required", "yes", "/paths/~1parcels~1{number}~1hold/post/parameters"),
    ("a parameter's type", [("number\nstring\nrequired\nBody", "number\ninteger\nrequired\nBody")],
     "parameter path number: type changed from string to integer", "yes",
     "/paths/~1parcels~1{number}~1hold/post/parameters/0/schema/type"),
    ("the path", [("/hold", "/keep"), ("P1001/hold", "P1001/keep")] [:1],
     "operation POST /parcels/{number}/keep: was POST /parcels/{number}/hold before", "yes",
     "/paths/~1parcels~1{number}~1hold/post"),
    ("the server", [("https://api.parcels.io", "https://api2.parcels.io")],
     "server https://api2.parcels.io: was https://api.parcels.io before", "perhaps", "/servers"),
    ("the title", [("Hold a parcel", "Keep a parcel")],
     "title: text changed from 'Hold a parcel' to 'Keep a parcel'", "no",
     "/paths/~1parcels~1{number}~1hold/post/externalDocs"),
]
# fmt: on


@pytest.mark.parametrize(
    ("replacements", "words", "breaks", "pointer"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_one_change_is_told_as_that_change(
    found: Callable[[str], tuple[Finding, ...]],
    replacements: list[tuple[str, str]],
    words: str,
    breaks: str,
    pointer: str,
) -> None:
    told = found(changed(*replacements))

    assert [(str(each.change), each.breaks) for each in told] == [(words, breaks)]
    assert told[0].pointer.startswith(pointer)
    assert told[0].why
    assert told[0].line > 1


def test_two_changes_are_two(found: Callable[[str], tuple[Finding, ...]]) -> None:
    told = found(changed(("🟠409Conflict\n", ""), ('"held"', '"kept"')))

    assert len(told) == 2


def _html(text: str) -> str:
    lines = "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>\n" for line in text.splitlines())
    return f"<!doctype html>\n<html><head><title>Docs</title></head><body><main>\n{lines}</main></body></html>\n"


@pytest.mark.parametrize(
    "rewritten",
    [
        changed(("Send your bearer token along.", "A bearer token has to be sent.")),
        changed(("Success", "All right"), ("Conflict", "Too late")),
        "Home\nParcels\n" * 3 + PAGE + "Modified at 2030-01-01\n",
        PAGE.replace("\n", "\r\n"),
        _html(PAGE),
    ],
    ids=["words", "words beside a status", "navigation", "line ends", "HTML"],
)
def test_other_words_and_another_layout_are_no_change(
    found: Callable[[str], tuple[Finding, ...]], rewritten: str
) -> None:
    assert found(rewritten) == ()


def test_samples_that_are_gone_are_one_change(found: Callable[[str], tuple[Finding, ...]]) -> None:
    head, _, rest = PAGE.partition('Example\n{\n"number"')
    told: list[Any] = [str(each.change) for each in found(head + rest.partition("}\n")[2])]

    assert told == ["sample 200 0: removed"]


def test_an_answer_that_is_gone_is_one_change_with_its_sample() -> None:
    sample = Subject("sample", "201", "0")
    shown = [Fact(Subject("status", "", "201"), "exists", value=True), Fact(sample, "exists", value=True)]
    other = Fact(Subject("status", "", "200"), "exists", value=True)

    assert [str(change.subject) for change in changes([other, *shown], [other])] == [str(shown[0].subject)]
    assert [str(change.subject) for change in changes([other], [other, *shown])] == [str(shown[0].subject)]


def test_the_same_change_in_two_answers_of_one_schema_is_told_once_and_another_one_beside_it() -> None:
    api = read_api(load(SPEC), "parcel")

    def facts(*samples: str) -> list[Fact]:
        places = zip(("401", "403", "404"), samples, strict=True)
        return [Fact(Subject("member", where, "$.message"), "sample", [sample]) for where, sample in places]

    told = findings(SpecView(api, api.operations[0]), facts("a.x", "a.x", "b.x"), facts("c.x", "c.x", "c.x"))

    assert [(str(each.change.subject), [str(other) for other in each.also]) for each in told] == [
        ("member 401 $.message", ["member 403 $.message"]),
        ("member 404 $.message", []),
    ]


def test_a_condition_follows_the_name_of_what_it_asks_for_in_its_own_body_alone() -> None:
    def facts(tag: str) -> list[Fact]:
        return [
            *(Fact(Subject("member", "request", path), "exists", value=True) for path in (f"$.{tag}", "$.date")),
            Fact(Subject("member", "request", "$.date"), "condition", {"member": f"$.{tag}", "equals": "DATE"}),
            *(Fact(Subject("member", "200", path), "exists", value=True) for path in ("$.kind", "$.date")),
            Fact(Subject("member", "200", "$.date"), "condition", {"member": "$.kind", "equals": "DATE"}),
        ]

    assert [str(change) for change in changes(facts("kind"), facts("sort"))] == [
        "member request $.sort: was $.kind before"
    ]


def test_the_limits_of_a_type_go_with_it() -> None:
    subject = Subject("member", "200", "$.weight")
    before = [Fact(subject, "type", "integer"), Fact(subject, "maximum", 9), Fact(subject, "sample-type", "integer")]
    after = [Fact(subject, "type", "string"), Fact(subject, "sample-type", "string")]

    assert [str(change) for change in changes(before, after)] == [
        "member 200 $.weight: type changed from integer to string"
    ]
