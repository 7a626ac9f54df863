"""What cannot be generated is left out by name, and told as long as the package is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from openapi_python_client.parser.errors import ParseError

from specloom.cli.generate import command
from specloom.generate import Generated, generate
from specloom.generate.normalising import lessen
from specloom.generate.prepared import Prepared

Read = Callable[..., Prepared]
THING = {"type": "object", "properties": {"name": {"type": "string"}}}


def _problem(header: str) -> ParseError:
    return ParseError(header=header, detail="it is odd")


def test_a_schema_that_is_refused_becomes_any_value(read: Read) -> None:
    prepared = read({"a-thing": THING})
    problems = [_problem("Unable to process schema AThing:"), _problem("WARNING parsing POST /things within default.")]
    found = lessen(prepared, problems)
    assert found is not None
    assert found.document["components"]["schemas"] == {"AThing": {}}
    assert len(found.api.operations) == 1
    assert [(loss.kind, loss.pointer) for loss in found.losses] == [("schema", "/components/schemas/a-thing")]
    assert "it is odd" in found.losses[0].reason
    assert lessen(found, problems[:1]) is None


def test_an_operation_that_is_refused_is_left_out_by_name(read: Read) -> None:
    found = lessen(read({"Thing": THING}), [_problem("WARNING parsing POST /things within default.")])
    assert found is not None
    assert not found.api.operations
    assert not found.document["paths"]["/things"]
    loss = found.losses[0]
    assert (loss.kind, loss.subject, loss.pointer) == ("operation", "POST /things", "/paths/~1things/post")


def test_a_problem_of_something_else_is_not_for_lessening(read: Read) -> None:
    assert lessen(read({}), [_problem("What is this?")]) is None


def test_losses_are_kept_while_a_package_is_up_to_date(generated: Generated) -> None:
    output = generated.path.parent
    again = generate([output.parent / "specs/trait/openapi.yaml"], output, jobs=1)[0]
    assert not again.changed
    assert again.losses == generated.losses != ()


def test_losses_are_printed_at_length_once(
    generated: Generated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPECLOOM_SPECS", str(generated.path.parent.parent / "specs"))
    first, second = (CliRunner().invoke(command, ["trait"]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "warning: media type: POST /many/{id}/{user.name} as application/xml: another media type is" in first.stderr
    assert "warning:" not in second.stderr
    for each in (first, second):
        assert f" {len(generated.losses)} other things are missing or wider" in each.stderr
