"""What holds for each spec of this repository."""

from __future__ import annotations

from specloom.spec import Api, Schemas
from specloom.spec.api import MediaType
from specloom.spec.conflicts import conflicts
from specloom.spec.lint import lint
from specloom.spec.reading import load


def test_it_follows_every_rule(api: Api) -> None:
    assert lint(api.document) == []


def test_its_examples_are_valid(api: Api, schemas: Schemas) -> None:
    """Checked without the rule that says so, through the values that other rooms use."""
    checked = 0
    for operation in api.operations:
        holders: list[MediaType] = [
            media for response in operation.responses.values() for media in response.media_types
        ]
        holders += operation.body.media_types if operation.body is not None else ()
        examples = [(media.schema_pointer, example) for media in holders for example in media.examples]
        examples += [
            (parameter.schema_pointer, each) for parameter in operation.parameters for each in parameter.examples
        ]
        for pointer, example in examples:
            assert pointer is not None
            assert schemas.errors(pointer, example.value) == []
            checked += 1
    assert checked >= len(api.operations)


def test_its_questions_for_the_vendor_stand_where_it_says(api: Api) -> None:
    found = conflicts(api.document)

    assert found
    lines = api.document.path.read_text("utf-8").splitlines()
    for question in found:
        assert question.kind in {"conflict", "inferred"}
        assert f"x-{question.kind}:" in lines[question.line - 1]
        assert len(question.text) >= 10


def test_no_question_is_left_out(api: Api) -> None:
    text = api.document.path.read_text("utf-8")

    assert len(conflicts(api.document)) == text.count("x-conflict:") + text.count("x-inferred:")


def test_its_lines_are_not_too_long(api: Api) -> None:
    assert [line for line in api.document.path.read_text("utf-8").splitlines() if len(line) > 125] == []


def test_a_second_call_is_refused_as_far_as_anyone_knows(api: Api) -> None:
    """No vendor documents what a second cancel returns, so each spec says that its answer is a guess."""
    for operation in api.operations:
        assert operation.transition is not None
        assert operation.transition.to_state not in operation.transition.from_states
        assert operation.answers["wrong-state"].status.startswith("4")
        assert "x-inferred" in api.document.at(operation.answers["wrong-state"].pointer)


def test_tenants_and_tokens_of_the_sandbox_are_the_same_in_every_spec(api: Api) -> None:
    assert api.tenants == ("north", "south")
    for scheme in api.security_schemes.values():
        for credential in scheme.credentials:
            assert (credential.token or credential.password or "").startswith(f"sandbox-{credential.tenant}")


def test_its_list_of_pages_is_that_of_its_operations(api: Api) -> None:
    pages = load(api.document.path.with_name("pages.yaml")).data["pages"]

    assert [(page["title"], page["operation"]) for page in pages] == [
        (operation.page, operation.label) for operation in api.operations
    ]
