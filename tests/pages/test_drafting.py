"""A first draft agrees with the page that it was made from, and is a spec that the rules accept."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pages.layouts import apidog, docusaurus, fumadocs
from tests.pages.layouts.documented import Answer, Documented, Member, Shape
from tests.pages.layouts.random_pages import pages

from specloom.cli import main
from specloom.pages.checking import check
from specloom.pages.drafting import draft
from specloom.pages.reading import read_page
from specloom.spec import SpecloomError
from specloom.spec.lint import lint
from specloom.spec.loading import read_api
from specloom.spec.reading import parse
from specloom.spec.validity import check as check_validity

PATH = Path("openapi.yaml")
BOX = Shape(
    "object",
    members=(
        Member("box_id", Shape("string", "77", limits=(("pattern", "^[0-9]+$"),)), is_required=True),
        Member("how", Shape("string", "TIP", enum=("TIP", "LIFT")), is_required=True),
        Member("forklift", Shape("string", "F-1"), condition=("how", "LIFT")),
    ),
)
PAGE = Documented(
    title="Empty Box",
    method="POST",
    path="/v2/boxes/empty",
    request=BOX,
    answers=(
        Answer(
            "200", "Success", Shape("object", members=(Member("status", Shape("string", "EMPTY"), is_required=True),))
        ),
        Answer("400", "Bad Request", Shape("object", members=(Member("code", Shape("integer", 4)),))),
        Answer("401", "Unauthorized"),
    ),
)
# What a page may leave open, so that no draft can know it: which outcome an unusual status is for, what is ensured.
OPEN = {"S28", "S34"}


@pytest.mark.parametrize("layout", [docusaurus, apidog, fumadocs], ids=lambda layout: str(layout.NAME))
@settings(max_examples=15)
@given(page=pages(), form=st.sampled_from(["html", "text"]))
def test_a_draft_states_what_its_page_does_and_nothing_else(layout: ModuleType, page: Documented, form: str) -> None:
    read = read_page(getattr(layout, form)(page).encode())

    document = parse(draft(read), PATH)
    check_validity(document)
    api = read_api(document, "boxes")
    report = check(api, [("page", api.operations[0], read.facts)])

    assert {finding.rule for finding in lint(document)} <= OPEN
    assert report.faults == []
    assert report.unsupported == []


def test_what_is_required_sometimes_becomes_a_union() -> None:
    document = parse(draft(read_page(docusaurus.text(PAGE).encode())), PATH)

    schemas = document.data["components"]["schemas"]
    assert schemas["BoxEmptyRequest"]["discriminator"]["propertyName"] == "how"
    assert schemas["BoxEmptyRequestLift"]["required"] == ["box_id", "how", "forklift"]
    assert schemas["BoxEmptyRequestTip"]["required"] == ["box_id", "how"]
    assert document.data["paths"]["/v2/boxes/empty"]["post"]["operationId"] == "emptyBox"


def test_what_a_page_does_not_say_is_marked() -> None:
    text = draft(read_page(docusaurus.text(PAGE).encode()))
    operation = parse(text, PATH).data["paths"]["/v2/boxes/empty"]["post"]

    assert "x-inferred" in operation["x-transition"]
    assert "x-inferred" in operation["x-answers"]["wrong-state"]
    assert "no sample for 401" in operation["responses"]["401"]["x-inferred"]
    assert "# TODO: say what else every success ensures." in text
    assert lint(parse(text, PATH)) == []


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            docusaurus.text(PAGE).splitlines() + apidog.text(PAGE).splitlines() + ["", "{", "a: b", "#", "'"]
        ),
        max_size=60,
    )
)
def test_any_page_with_an_operation_gives_a_valid_spec(lines: list[str]) -> None:
    document = parse(draft(read_page("\n".join([*lines, "POST /v2/boxes/empty"]).encode())), PATH)

    check_validity(document)
    assert len(read_api(document, "boxes").operations) == 1


def test_what_a_page_names_with_the_path_and_the_path_lacks_is_left_to_decide() -> None:
    page = (
        "Hold\nPOST\n/parcels/{number}/hold\nRequest\nPath Params\nnumber\nstring\nrequired\nreason\nstring\nrequired\n"
    )

    text = draft(read_page(page.encode()))
    document = parse(text, PATH)

    check_validity(document)
    assert [each["name"] for each in document.data["paths"]["/parcels/{number}/hold"]["post"]["parameters"]] == [
        "number"
    ]
    assert "# TODO: find out where reason belongs" in text


def test_a_page_without_an_operation_is_refused() -> None:
    with pytest.raises(SpecloomError, match="no operation"):
        draft(read_page(b"Sign in to go on"))


def test_the_verb_prints_the_draft(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(apidog.html(PAGE), "utf-8")

    drafted = CliRunner().invoke(main, ["pages", "draft", str(path)])
    refused = CliRunner().invoke(main, ["pages", "draft", "-"], input="nothing here")

    assert drafted.exit_code == 0
    assert drafted.output == draft(read_page(path.read_bytes()))
    assert refused.exit_code == 2
    assert "no operation" in refused.output
