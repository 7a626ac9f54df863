"""`specloom build`: all that `make` does for the APIs, and a summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click
from rich.table import Table

from specloom.cli import options
from specloom.cli.generate import OUTPUT
from specloom.cli.generate import run as generate
from specloom.cli.made import Made
from specloom.release import build_wheel
from specloom.spec import find_specs
from specloom.spec.ledger import Ledger, digest, own_sources

_LEDGER: Final = Path(".cache/build.json")
_LOCK: Final = Path("scripts/requirements.lock")
_DIST: Final = Path("dist")
_MAX_EXAMPLES: Final = 10
_SEED: Final = 0


@click.command("build")
@options.apis
@options.as_json
def command(apis: tuple[str, ...], *, as_json: bool) -> None:
    """Lint the specs, regenerate, fuzz the sandbox and build wheels, each only where something changed, and sum up.

    Exit 1 when a spec breaks a rule or a check failed.
    """
    paths = find_specs(apis)
    made = Made()
    rows, idle = _everything(paths)
    if as_json:
        options.print_json(rows)
    else:
        _show(rows)
    if not all(row["ok"] for row in rows):
        raise SystemExit(1)
    if not apis:
        # Somebody may have changed what had been looked at while the rest was done.
        made = made if idle else Made()
        if idle or _everything(paths)[1]:
            made.keep()


def _everything(paths: list[Path]) -> tuple[list[dict[str, Any]], bool]:
    """Do what is left to do; return a row for each API, and whether nothing was."""
    ledger = Ledger(_LEDGER)
    tools = digest([own_sources(), *filter(Path.exists, [_LOCK])])
    _lint(paths, ledger, tools)
    packages = generate(paths)
    rows: dict[str, dict[str, Any]] = {
        each.api: {
            "api": each.api,
            "operations": each.operations,
            "client": each.client_models,
            "models": each.pydantic_models,
            "seconds": each.seconds,
        }
        for each in packages
    }
    for name, verdict in _fuzz(paths, ledger, tools).items():
        rows[name]["seconds"] += verdict.pop("seconds")
        rows[name] |= verdict
    for name, row in rows.items():
        row["wheel"] = _wheel(name, ledger, tools)
    return list(rows.values()), not ledger.changed and not any(each.changed for each in packages)


def _lint(paths: list[Path], ledger: Ledger, tools: str) -> None:
    """Lint the specs that changed since they last followed all rules; end the run when one does not."""
    changed = [path for path in paths if ledger.result(f"lint {path}", digest([path], tools)) is None]
    if not changed:
        return
    from specloom.cli.lint import report  # noqa: PLC0415 - slow to import, and not needed where nothing changed

    code = report(changed)
    if code:
        raise SystemExit(code)
    for path in changed:
        ledger.record(f"lint {path}", digest([path], tools), result=True)


def _fuzz(paths: list[Path], ledger: Ledger, tools: str) -> dict[str, dict[str, Any]]:
    """Fuzz the APIs whose spec or tools changed since they last passed; return the verdict of each."""
    settings = f"{_SEED} {_MAX_EXAMPLES}"
    content = {path: digest([path], tools, settings) for path in paths}
    verdicts = {path: ledger.result(f"fuzz {path}", content[path]) for path in paths}
    changed = [path for path in paths if verdicts[path] is None]
    if changed:
        # Slow to import, and not needed where nothing changed.
        from specloom.cli import fuzz, reporting  # noqa: PLC0415
        from specloom.fuzz import CampaignSettings  # noqa: PLC0415

        with fuzz.targets(changed, None) as urls:
            for path, url in zip(changed, urls, strict=True):
                result = fuzz.run(path, CampaignSettings(url, _SEED, _MAX_EXAMPLES))
                if not result.ok:
                    reporting.report([result])
                verdicts[path] = {"cases": result.cases, "ok": result.ok, "seconds": result.seconds}
                if result.ok:
                    ledger.record(f"fuzz {path}", content[path], {**verdicts[path], "seconds": 0.0})
    return {
        path.parent.name: {**verdicts[path], "verdict": _verdict(verdicts[path], fresh=path in changed)}
        for path in paths
    }


def _verdict(verdict: dict[str, Any], *, fresh: bool) -> str:
    if not verdict["ok"]:
        return "FAILED"
    return "passed" if fresh else "passed before"


def _wheel(name: str, ledger: Ledger, tools: str) -> str:
    """Build the wheel of an API unless it is there already; return its file name."""
    package = OUTPUT / name
    content = digest([package], tools)
    known = ledger.result(f"wheel {name}", content)
    if known is None or not (_DIST / known).is_file():
        known = build_wheel(package, _DIST).name
        ledger.record(f"wheel {name}", content, known)
    return str(known)


def _show(rows: list[dict[str, Any]]) -> None:
    table = Table()
    for heading in ("API", "operations", "client", "models", "cases run", "verdict", "seconds", "wheel in dist/"):
        table.add_column(heading, justify="left" if heading in {"API", "verdict", "wheel in dist/"} else "right")
    for row in rows:
        figures = map(str, (row["operations"], row["client"], row["models"], row["cases"]))
        table.add_row(row["api"], *figures, row["verdict"], f"{row['seconds']:.1f}", row["wheel"])
    console = options.console()
    console.print(table)
    console.print(
        "Next: `make test` runs the tests, `make sandbox` serves the APIs, `make fuzz SEED=1` tries other cases,"
    )
    console.print("      `make conflicts` lists what to ask the vendors, `make help` lists the rest.")
