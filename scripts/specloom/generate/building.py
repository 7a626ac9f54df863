"""Build the package of one API into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

from specloom.generate.ahead import Ahead, made_ahead
from specloom.generate.bundling import STYLES, write_bundles
from specloom.generate.client import Client, write_client
from specloom.generate.facade import plan
from specloom.generate.facade.plan import Facade
from specloom.generate.facade.writing import write_facade
from specloom.generate.finishing import SCHEMAS, finish
from specloom.generate.garbage import uncollected
from specloom.generate.metadata import PLUGIN, write_licence, write_pyproject
from specloom.generate.models import Models, make_models
from specloom.generate.naming import Names, names_of
from specloom.generate.operations import check_operations
from specloom.generate.prepared import Prepared
from specloom.generate.preparing import prepare
from specloom.generate.readme import Contents, readme_snippets, write_readme
from specloom.generate.record import write_record
from specloom.generate.result import Counts, Loss
from specloom.generate.sbom import write_sbom
from specloom.generate.tooling import write_commands, write_examples, write_plugin
from specloom.spec import load_api
from specloom.spec.vocabulary import is_foreign


def build(spec: Path, folder: Path, made_of: Mapping[str, str], *, spare: bool = False) -> Counts:
    """Build the distribution for `spec` in the new folder `folder`; `made_of` goes into its record.

    With `spare`, this process does nothing else, and another core is free to make the pydantic models. Raises
    SpecloomError when the spec is not usable or a generator fails or leaves something out.
    """
    with uncollected(at_leisure=spare):
        api, names = load_api(spec), names_of(spec)
        if not api.operations:
            raise api.document.error("there is no operation", "/paths", "a package needs one")
        prepared = prepare(api)
        with made_ahead(prepared.api, names) if spare else nullcontext() as ahead:
            return _built(prepared, names, folder, made_of, ahead)


def _built(prepared: Prepared, names: Names, folder: Path, made_of: Mapping[str, str], ahead: Ahead | None) -> Counts:
    package = folder / names.package
    client = write_client(prepared, names, package)
    api = client.api
    check_operations(client.prepared, package)
    facade = plan(client)
    write_facade(facade, names, package)
    write_commands(api, facade, names, package)
    write_plugin(facade, names, package / PLUGIN)
    if ahead is None:
        models = _written(make_models(api, names), package)
        snippets = _completed(client, facade, names, folder)
    else:
        snippets = _completed(client, facade, names, folder)
        models = _written(ahead.models(api), package)
    losses = tuple(dict.fromkeys([*client.prepared.losses, *_left_open(client), *models.losses]))
    write_readme(api, facade, names, folder, Contents(snippets, losses))
    counts = Counts(
        operations=len(api.operations),
        client_modules=len(list(package.rglob("*.py"))) - 1,  # without that of the pydantic models
        client_models=client.models,
        pydantic_models=models.count,
        losses=losses,
    )
    write_record(folder, made_of, counts)
    return counts


def _completed(client: Client, facade: Facade, names: Names, folder: Path) -> dict[str, str]:
    """Check and tidy what there is, and add what is copied and told; return the code that README shows."""
    api, package = client.api, folder / names.package
    snippets = finish(api, package, names.notice, readme_snippets(api, facade, names))
    # What is copied has been checked by the tests, and tidied, once for all packages.
    write_bundles(package, names.notice, without=() if client.is_styled else (STYLES,))
    write_examples(api, facade, package / "examples.json")
    (package / "py.typed").touch()
    write_pyproject(api, names, folder)
    write_licence(folder)
    write_sbom(api, names, folder)
    return snippets


def _written(models: Models, package: Path) -> Models:
    if models.module is not None:
        (package / SCHEMAS).write_text(models.module, "utf-8")
    return models


def _left_open(client: Client) -> tuple[Loss, ...]:
    """Return what is left open about parameters. Raises SpecloomError for a spec that is written by hand."""
    found = tuple(client.left_open)
    if found and not is_foreign(client.api.document):
        raise client.api.document.error(
            found[0].reason, found[0].pointer, "make it a query or a header, and its content JSON"
        )
    return found
