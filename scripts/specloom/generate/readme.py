"""Write the README.md of a generated package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from specloom.generate.client import Call
from specloom.generate.naming import Names
from specloom.generate.snippet import snippet
from specloom.generate.tidying import formatted
from specloom.spec import Api, Operation


def write_readme(api: Api, names: Names, calls: Mapping[str, Call], folder: Path) -> None:
    """Write the README.md of the distribution in `folder`: how to install it and how to call each operation."""
    text = "\n\n".join(
        [
            f"<!-- {names.notice} -->",
            f"# {names.distribution}",
            api.document.data["info"].get("description", api.title).strip(),
            "## Install",
            _code("sh", f"pip install {names.distribution}\npip install '{names.distribution}[pydantic]'"),
            "The second form adds what the pydantic models need.",
            *(block for each in api.operations for block in _operation(api, each, calls[each.id], names)),
            "## What comes back",
            (
                "`response.parsed` is the attrs model that belongs to the status, for an error too. It is `None` for a "
                "status that is not listed above, unless the client is made with `raise_on_unexpected_status=True`. "
                "Each module of operations also has `sync`, which returns the model alone, and `asyncio` and "
                "`asyncio_detailed`, which are to be awaited."
            ),
            "## Models",
            (
                f"`{names.package}.models` holds attrs models with `from_dict` and `to_dict`. "
                f"`{names.package}.schemas` holds pydantic models of the same schemas, which also check patterns, "
                "lengths and ranges."
            ),
        ]
    )
    (folder / "README.md").write_text(text + "\n", "utf-8")


def _operation(api: Api, operation: Operation, call: Call, names: Names) -> Iterator[str]:
    yield f"## {operation.summary or operation.id}"
    yield f"`{operation.label}`"
    if operation.description:
        yield operation.description.strip()
    yield _code("python", formatted(snippet(api, operation, call, names)))
    rows = [f"| {status} | {_cell(response.description)} |" for status, response in operation.responses.items()]
    yield "\n".join(["| status | meaning |", "|---|---|", *rows])


def _code(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
