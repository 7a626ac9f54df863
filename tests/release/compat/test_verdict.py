from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.release.compat.documents import PATH, parcels

from specloom.cli import main
from specloom.release.compat.change import Severity
from specloom.release.compat.verdict import compare, judge
from specloom.spec import SpecloomError

ADDED = """      parameters:
        - name: dryRun
          in: query
          description: Whether only to say what would happen.
          schema:
            type: boolean
          examples:
            dry:
              summary: Only try
              value: true
"""
CANCEL = "POST /order/cancel"


@pytest.fixture
def spec(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one of our specs, in a folder where it is the only one."""
    path = tmp_path / "specs/ppl/openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes((root / "specs/ppl/openapi.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def revised(spec: Path) -> Callable[..., Path]:
    """Write a revision of the spec: each first text of a pair replaced by the second."""

    def write(*edits: tuple[str, str]) -> Path:
        text = spec.read_text("utf-8")
        for was, now in edits:
            assert was in text
            text = text.replace(was, now, 1)
        path = spec.with_name("draft.yaml")
        path.write_text(text, "utf-8")
        return path

    return write


def compat(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["compat", *map(str, arguments)])


def line(spec: Path) -> int:
    """Return the line of the states from which there is a transition."""
    return spec.read_text("utf-8").partition("        from: [")[0].count("\n") + 1


def git(*arguments: str) -> None:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)


def test_a_break_asks_for_a_major_version_of_both(spec: Path, revised: Callable[..., Path]) -> None:
    verdict = compare(spec, revised(("name: X-LogLevel", "name: X-Verbosity")))

    assert verdict.client is not None
    assert {each.rule for each in verdict.wire} == {"parameter-removed", "optional-parameter-added"}
    assert {each.rule for each in verdict.client if each.severity is Severity.BREAKING} == {
        "client-parameter-removed",
        "client-option-removed",
    }
    assert verdict.bump == "major"


def test_an_addition_asks_for_a_minor_version(spec: Path, revised: Callable[..., Path]) -> None:
    verdict = compare(spec, revised(("      parameters:\n", ADDED)))

    assert verdict.client is not None
    assert [each.rule for each in verdict.changes] == [
        "optional-parameter-added",
        "client-optional-parameter-added",
        "client-option-added",
    ]
    assert verdict.bump == "minor"


def test_words_ask_for_a_patch_and_nothing_for_nothing(spec: Path, revised: Callable[..., Path]) -> None:
    worded = compare(spec, revised(("Live orders.", "Orders that count.")))
    only_versioned = compare(spec, revised(("version: 1.0.0", "version: 1.0.1")))

    assert (worded.changes, worded.bump) == ((), "patch")
    assert (only_versioned.changes, only_versioned.bump) == ((), None)


def test_a_finding_about_the_package_leads_to_the_spec(spec: Path, revised: Callable[..., Path]) -> None:
    edits = ("name: X-LogLevel", "name: X-Verbosity"), ("    OrderCancelRequest:", "    CancelNote:")
    referring = ("'#/components/schemas/OrderCancelRequest'", "'#/components/schemas/CancelNote'")

    verdict = compare(spec, revised(*edits, referring))

    places = {each.where: (each.operation, each.base and each.base.pointer) for each in verdict.client or ()}
    assert places["Orders.cancel(x_log_level)"] == (CANCEL, "/components/schemas/LogLevel")
    assert places["models.OrderCancelRequest"] == (None, "/components/schemas/OrderCancelRequest")


def test_a_spec_without_a_package_is_judged_on_the_wire(spec: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("openapi: 3.0.3\ninfo: {title: Old, version: '1'}\npaths: {/parcels: {get: {responses: {}}}}\n")

    done = compat(old, spec)

    assert done.exit_code == 1
    assert "operation-removed" in done.output
    assert "client: not judged, since no package can be made: this is not OpenAPI 3.1" in done.output


def test_the_exit_code_tells_a_break(spec: Path, revised: Callable[..., Path]) -> None:
    assert compat("--wire-only", spec, revised(("Live orders.", "Orders that count."))).exit_code == 0
    assert compat("--wire-only", spec, revised(("from: [ordered]", "from: [collected]"))).exit_code == 1
    assert compat(spec, "nowhere.yaml").exit_code == 2
    assert compat("nobody").exit_code == 2


@pytest.mark.usefixtures("spec")
def test_an_api_that_was_not_released_breaks_nothing() -> None:
    done = compat()

    assert done.exit_code == 0
    assert done.output.startswith("ppl was not released yet")
    assert json.loads(compat("ppl", "--json").output) == [{"api": "ppl", "released": False}]


def test_an_api_is_compared_with_what_was_released_of_it(spec: Path, revised: Callable[..., Path]) -> None:
    revised(("from: [ordered]", "from: [ordered, collected]")).rename(spec.with_name("released.yaml"))

    done = compat("ppl", "--wire-only", "--json")

    (told,) = json.loads(done.output)
    assert done.exit_code == 1
    assert (told["api"], told["severity"], told["bump"], told["client"]) == ("ppl", "breaking", "major", None)
    assert told["wire"][0]["rule"] == "transition-state-removed"
    assert told["wire"][0]["revision"] == {
        "file": "specs/ppl/openapi.yaml",
        "line": line(spec),
        "pointer": "/paths/~1order~1cancel/post/x-transition/from",
    }


def test_a_revision_of_git_is_compared(spec: Path, revised: Callable[..., Path]) -> None:
    git("init", "-q")
    git("add", "specs")
    git("commit", "-qm", "One")
    revised(("from: [ordered]", "from: [collected]")).rename(spec)

    for base in ("HEAD:specs/ppl/openapi.yaml", "git:HEAD:specs/ppl"):
        done = compat("--wire-only", base, "specs/ppl")
        assert done.exit_code == 1
        assert f"HEAD:specs/ppl/openapi.yaml:{line(spec)} #/paths/~1order~1cancel/post/x-transition/from" in done.output

    for wrong in ("HEAD:nothing.yaml", "nothing:specs/ppl", "--output=x:y.yaml", ":"):
        done = compat("--wire-only", "--", wrong, "specs/ppl")
        assert done.exit_code == 2
        assert "git has no such file" in done.output
    assert not Path("x").exists()


def test_markdown_for_a_pull_request_is_written(spec: Path, revised: Callable[..., Path]) -> None:
    draft = revised(("from: [ordered]", "from: [collected]"))

    compat("--wire-only", spec, draft, "--markdown", "verdict.md")

    text = Path("verdict.md").read_text("utf-8")
    assert text == compat("--wire-only", spec, draft, "--markdown", "-").output
    assert "| 1 breaking, 1 additive | not judged | a major version |" in text
    assert f"in `{CANCEL}` (`transition-state-removed`)" in text
    assert compat("--wire-only", spec, draft, "--markdown", "no/folder/verdict.md").exit_code == 2


def test_text_of_a_document_is_no_markup(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    for path, name in ((old, "a"), (new, "<b>`|*x*`[red]")):
        path.write_text(
            f"openapi: 3.1.0\ninfo: {{}}\npaths: {{/x: {{get: {{operationId: '{name}', responses: {{}}}}}}}}\n"
        )

    done = compat("--wire-only", old, new, "--markdown", "-")

    assert r"\<b\>\`\|\*x\*\`\[red\]" in done.output
    assert "<b>`|*x*`[red]" in compat("--wire-only", old, new).output


def test_a_document_that_is_spread_over_files_is_put_into_one(tmp_path: Path) -> None:
    info, paths = "info: {title: Kites, version: 1.0.0}", "paths: {/x: {$ref: 'x.yaml'}}"
    for name, required in (("old", "false"), ("new", "true")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "api.yaml").write_text(f"openapi: 3.0.3\n{info}\n{paths}\n")
        parameter = f"{{name: a, in: query, required: {required}, schema: {{type: string, nullable: true}}}}"
        (tmp_path / name / "x.yaml").write_text(
            f"get: {{parameters: [{parameter}], responses: {{'200': {{description: Good.}}}}}}\n"
        )

    verdict = compare(str(tmp_path / "old" / "api.yaml"), str(tmp_path / "new" / "api.yaml"), wire_only=True)

    assert [(each.rule, each.severity) for each in verdict.wire] == [("parameter-became-required", Severity.BREAKING)]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "split.yaml"
    path.write_text("openapi: 3.1.0\npaths: {/x: {$ref: 'x.yaml'}}\n")

    with pytest.raises(SpecloomError, match=r"x\.yaml: there is no such file"):
        compare(path, path)


def test_the_rules_are_listed_with_their_number() -> None:
    listed = json.loads(compat("--rules", "--json").output)

    output = compat("--rules").output
    assert all(each["id"] in output for each in listed)
    assert f"{len(listed)} rules: " in output
    assert {each["about"] for each in listed} == {"schema", "operation", "api", "client"}


def test_a_spec_without_an_operation_is_judged_on_the_wire() -> None:
    verdict = judge(
        parcels({"paths": {PATH: None}}), parcels({"paths": {PATH: None}, "webhooks": {"held": {"post": {}}}})
    )

    assert [each.rule for each in verdict.wire] == ["webhook-added"]
    assert verdict.client is None
    assert verdict.problem is not None
    assert verdict.problem.message == "there is no operation"


def test_a_spec_that_the_generator_trips_over_is_judged_on_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise LookupError("a template")

    monkeypatch.setattr("specloom.release.compat.client.specs.work", trip)
    other = {PATH: None, "/parcels": {"post": {"operationId": "send", "responses": {"200": {"description": "Sent."}}}}}
    verdict = judge(parcels({"paths": other}), parcels({"paths": other, "webhooks": {"held": {"post": {}}}}))

    assert [each.rule for each in verdict.wire] == ["webhook-added"]
    assert verdict.client is None
    assert verdict.problem is not None
    assert "specloom lint" in verdict.problem.remedy
