"""Write the README.md of a generated package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from specloom.generate import snippet
from specloom.generate.facade.plan import Facade
from specloom.generate.facade.rendering import render
from specloom.generate.naming import Names
from specloom.generate.result import Loss, grouped
from specloom.spec import Api
from specloom.spec.conflicts import conflicts


@attrs.frozen
class Contents:
    """What else a README shows: the code of `readme_snippets`, formatted, and what the package lacks of its spec."""

    snippets: Mapping[str, str]
    losses: Sequence[Loss] = ()


def write_readme(api: Api, facade: Facade, names: Names, folder: Path, contents: Contents) -> None:
    """Write the README.md of the distribution in `folder`: how to install it, call each operation, handle errors."""
    text = render(
        "README.md",
        facade=facade,
        names=names,
        questions=conflicts(api.document),
        snippets=contents.snippets,
        losses=grouped(contents.losses),
    )
    (folder / "README.md").write_text(text, "utf-8")


def readme_snippets(api: Api, facade: Facade, names: Names) -> dict[str, str]:
    """Return the code that is shown, by where it stands; the first operation is the example for all that is general."""
    found = {}
    for index, (group, method) in enumerate(facade.methods):
        shown = snippet.Shown(api, facade, group, method, names)
        found[f"{method.function}_sync"] = snippet.sync(shown)
        found[f"{method.function}_async"] = snippet.asynchronous(shown)
        if index == 0:
            found |= {
                "authenticate": snippet.authenticate(shown),
                "errors": snippet.errors(shown),
                "retries": snippet.retries(shown),
                "sandbox": snippet.sandbox(shown),
                "testing": snippet.testing(shown),
            }
    return found
