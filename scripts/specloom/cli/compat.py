"""`specloom compat`: say what a revised spec means for those who use the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from specloom.cli import compat_shown, options
from specloom.release.compat.change import Severity
from specloom.release.compat.listing import listed_rules
from specloom.release.compat.verdict import Verdict, compare
from specloom.release.compat.writing import markdown, plain
from specloom.spec import Place, SpecloomError, find_specs
from specloom.spec.folder import specs_folder

_RELEASED: Final = "released.yaml"


@click.command("compat")
@click.argument("sources", nargs=-1, metavar="[API]... | BASE REVISION")
@options.as_json
@click.option("--markdown", "report", metavar="FILE", help="Write the verdict for a pull request; `-` prints it.")
@click.option("--wire-only", is_flag=True, help="Leave out the client verdict, for which packages are generated.")
@click.option("--rules", is_flag=True, help="List what is judged, and compare nothing.")
def command(sources: tuple[str, ...], *, as_json: bool, report: str | None, wire_only: bool, rules: bool) -> None:
    """Compare specs: say whether clients that run already would break, and code that imports the package.

    Each API is compared with what was released of it, specs/API/released.yaml; all of them if none is named. BASE and
    REVISION are files, folders with an openapi.yaml, or REVISION:PATH for what git has, as in
    v1.2.0:specs/parcels/openapi.yaml.

    On the wire, a request may only widen and a response may only narrow; any OpenAPI document of version 3 can be
    judged. For the client verdict both packages are generated, which needs specs that follow specs/README.md.

    Exit 0 when nothing breaks, 1 when something does, 2 when there is nothing that can be compared.
    """
    if rules:
        compat_shown.show_rules(listed_rules(), as_json=as_json)
        return
    pairs = _pairs(sources)
    verdicts = {api: compare(*pair, wire_only=wire_only) for api, pair in pairs.items() if pair is not None}
    if report is not None:
        _write(report, verdicts)
    if as_json:
        told = {api: plain(verdicts[api]) if api in verdicts else None for api in pairs}
        options.print_json(told[""] if "" in told else [_named(api, each) for api, each in told.items()])
    elif report != "-":
        for api, pair in pairs.items():
            if pair is None:
                compat_shown.show_unreleased(api)
            else:
                compat_shown.show(verdicts[api], *pair)
    if any(each.severity is Severity.BREAKING for each in verdicts.values()):
        raise SystemExit(1)


def _pairs(sources: tuple[str, ...]) -> dict[str, tuple[str, str] | None]:
    """Return base and revision by the name of the API, None for one that was not released; without a name for files."""
    apis = all((specs_folder() / source / "openapi.yaml").is_file() for source in sources)
    if len(sources) == 2 and not apis:  # noqa: PLR2004 - base and revision
        return {"": (sources[0], sources[1])}
    found: dict[str, tuple[str, str] | None] = {}
    for spec in find_specs(sources):
        released = spec.with_name(_RELEASED)
        found[spec.parent.name] = (str(released), str(spec)) if released.exists() else None
    return found


def _named(api: str, verdict: dict[str, Any] | None) -> dict[str, Any]:
    return {"api": api, "released": verdict is not None, **(verdict or {})}


def _write(report: str, verdicts: dict[str, Verdict]) -> None:
    text = "\n".join(markdown(verdict, api) for api, verdict in verdicts.items())
    if report == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(report).write_text(text, "utf-8")
    except OSError as error:
        raise SpecloomError(
            f"cannot be written: {error.strerror}", place=Place(Path(report)), remedy="name a file that can be written"
        ) from None
