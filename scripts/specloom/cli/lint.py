"""`specloom lint`: check specs against the rules of specs/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs
import click

from specloom.cli import options
from specloom.cli.lint_shown import Checked, check, show
from specloom.cli.saying import say
from specloom.spec import Finding, SpecloomError, find_specs, load
from specloom.spec.foreign import adopt

_LOST: Final = "correct it, or do without it"


@click.command("lint")
@options.apis
@click.option("--foreign", is_flag=True, help="Take the arguments for files of others; see `specloom adopt`.")
@options.as_json
def command(apis: tuple[str, ...], *, foreign: bool, as_json: bool) -> None:
    """Check specs: valid OpenAPI 3.1, then the other rules of specs/README.md.

    Exit 1 when one is broken; 2 when a spec cannot be used at all, such as for a `$ref` that leads nowhere. In a spec
    that bears the mark `x-foreign: true`, the other rules are warnings, which are counted and change no exit code.
    With --foreign, the arguments are files, which are read as `specloom adopt` does, and stay as they are.
    """
    if foreign and not apis:
        raise click.UsageError("--foreign needs the files that are to be looked at")
    if foreign:
        code = _report_foreign([Path(each) for each in apis], as_json=as_json)
    else:
        code = report(find_specs(apis), as_json=as_json, all_well=True)
    if code:
        raise SystemExit(code)


def report(paths: list[Path], *, as_json: bool = False, all_well: bool = False) -> int:
    """Print what is wrong with the specs; return 0 when nothing is, 1 for a broken rule, 2 for an unusable spec.

    Warnings count as nothing. `all_well` has it said that nothing is wrong, too.
    """
    checked: list[Checked] = []
    unreadable: list[SpecloomError] = []
    for path in paths:
        try:
            document = load(path)
        except SpecloomError as error:
            unreadable.append(error)
        else:
            checked.append(check(document))
    code = show(checked, as_json=as_json)
    for each in unreadable:
        say(f"error: {each}", err=True)
    if all_well and not (code or unreadable or as_json):
        warned = sum(bool(each.findings) for each in checked)
        what = f"can be used, {warned} with warnings" if warned else f"follow{'s' * (len(paths) == 1)} all rules"
        say(f"{len(paths)} {'spec' if len(paths) == 1 else 'specs'} {what}")
    return 2 if unreadable else code


def _report_foreign(paths: list[Path], *, as_json: bool) -> int:
    """Print what keeps the files from being used, and the warnings; return 2 if one cannot be adopted, else 0.

    What is lost when a file is adopted is not valid OpenAPI, and a warning.
    """
    code, checked = 0, []
    for path in paths:
        try:
            adopted = adopt(path)
            found = check(adopted.document(path))
            lost = [Finding("S01", note.pointer, note.message, _LOST) for note in adopted.notes if note.lost]
            checked.append(attrs.evolve(found, findings=(*lost, *found.findings)))
        except SpecloomError as error:
            say(f"error: {error}", err=True)
            code = 2
    return max(code, show(checked, as_json=as_json))
