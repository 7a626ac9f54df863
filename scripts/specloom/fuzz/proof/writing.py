"""Write the result of a proof into a folder, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import jinja2

from specloom.fuzz.proof.result import ProofResult
from specloom.spec import Place, SpecloomError


def write_report(result: ProofResult, folder: Path) -> None:
    """Write `proof.json` and the self-contained page `proof.html` into `folder`. Raises SpecloomError."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("specloom.fuzz.proof", "."), autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = environment.get_template("page.html.jinja").render(result=result)
    text = json.dumps(plain(result), indent=1, ensure_ascii=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "proof.json").write_text(text + "\n", "utf-8")
        (folder / "proof.html").write_text(page, "utf-8")
    except OSError as error:
        raise SpecloomError(
            f"the report cannot be written: {error.strerror}", place=Place(folder), remedy="choose another folder"
        ) from None


def plain(result: ProofResult) -> dict[str, object]:
    """Return a proof as a value that JSON can hold, with its totals."""
    totals = [attrs.asdict(each) for each in result.totals()]
    return {"ok": result.ok, "share": result.share, "totals": totals, **attrs.asdict(result)}
