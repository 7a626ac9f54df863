"""Write the Python code that calls each operation, as the README of its package shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from specloom.generate import snippet
from specloom.generate.client import read_client
from specloom.generate.facade import plan
from specloom.generate.naming import names_of
from specloom.generate.tidying import formatted
from specloom.spec import Api


@attrs.frozen
class Snippets:
    """Code that calls an operation, blocking and in a coroutine; `method` is what it calls."""

    method: str
    sync: str
    asynchronous: str


def write_snippets(apis: Sequence[Api]) -> list[Mapping[str, Snippets]]:
    """Return the snippets of each API by operationId. Raises SpecloomError when no client can be made of one."""
    found = [_unformatted(api) for api in apis]
    flat = {
        f"code_{number}_{index}_{kind}": code
        for number, methods in enumerate(found)
        for index, each in enumerate(methods.values())
        for kind, code in (("sync", each.sync), ("async", each.asynchronous))
    }
    tidy = formatted(flat)  # all at once: to start the formatter takes longer than what it does
    return [
        {
            name: attrs.evolve(
                each, sync=tidy[f"code_{number}_{index}_sync"], asynchronous=tidy[f"code_{number}_{index}_async"]
            )
            for index, (name, each) in enumerate(methods.items())
        }
        for number, methods in enumerate(found)
    ]


def _unformatted(api: Api) -> dict[str, Snippets]:
    names = names_of(api.document.path)
    client = read_client(api, names)
    for operation in api.operations:
        if operation.id not in client.endpoints:
            raise api.document.error("no client has this operation", operation.pointer, "run `specloom lint` on it")
    facade = plan(client)
    found = {}
    for group, method in facade.methods:
        shown = snippet.Shown(api, facade, group, method, names)
        called = f"{group.name}.{method.name}"
        found[method.operation.id] = Snippets(called, snippet.sync(shown), snippet.asynchronous(shown))
    return found
