"""Who is told that packages are stale is told what helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from specloom.cli import check_generated
from specloom.generate import Difference
from specloom.generate.result import Kind

REMEDIES: dict[str, list[Kind]] = {
    "generated/ is what the specs give": [],
    "run `make generate` and commit the result": ["differs", "extra"],
    "remove each package without a spec and commit the result": ["without a spec"],
    "remove each package without a spec, run `make generate` and commit the result": ["missing", "without a spec"],
}


@pytest.mark.parametrize("remedy", REMEDIES, ids=["fresh", "stale", "left over", "both"])
def test_the_remedy_fits_what_is_wrong(root: Path, monkeypatch: pytest.MonkeyPatch, remedy: str) -> None:
    monkeypatch.chdir(root)
    stale = [Difference(Path("generated/a"), kind) for kind in REMEDIES[remedy]]
    monkeypatch.setattr(check_generated, "check", lambda *_: stale)
    done = CliRunner().invoke(check_generated.command, ["ppl"])
    assert done.output.splitlines() == [*(f"generated/a: {kind}" for kind in REMEDIES[remedy]), remedy]
    assert done.exit_code == bool(stale)
