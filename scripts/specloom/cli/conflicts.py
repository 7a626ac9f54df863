"""`specloom conflicts`: what to ask the vendors."""

from __future__ import annotations

import attrs
import click

from specloom.cli import options
from specloom.spec import find_specs, load
from specloom.spec.conflicts import conflicts


@click.command("conflicts")
@options.apis
@options.as_json
def command(apis: tuple[str, ...], *, as_json: bool) -> None:
    """Print each `x-conflict` and each `x-inferred` of the specs as a question for the vendor."""
    found = {path.parent.name: (path, conflicts(load(path))) for path in find_specs(apis)}
    if as_json:
        options.print_json({name: [attrs.asdict(each) for each in questions] for name, (_, questions) in found.items()})
        return
    console = options.console()
    for name, (path, questions) in found.items():
        console.print(f"[bold]{name}[/bold]: {len(questions)} questions for the vendor")
        for number, question in enumerate(questions, 1):
            console.print(f"{number:>3}. {question.text}", markup=False)
            console.print(f"     [dim]{question.kind} at {path}:{question.line} {question.where}[/dim]")
