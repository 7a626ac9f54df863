"""Build the package of one API into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import attrs

from specloom.generate.ahead import Ahead
from specloom.generate.bundling import STYLES, write_bundles
from specloom.generate.client import Client, make_client
from specloom.generate.facade import plan
from specloom.generate.facade.plan import Facade
from specloom.generate.facade.writing import facade_modules
from specloom.generate.finishing import SCHEMAS, finish, finished_schemas
from specloom.generate.garbage import uncollected
from specloom.generate.metadata import PLUGIN, write_licence, write_pyproject
from specloom.generate.models import Models, make_models
from specloom.generate.naming import Names, names_of
from specloom.generate.operations import check_operations
from specloom.generate.prepared import Modelled, Prepared
from specloom.generate.preparing import for_models, prepare
from specloom.generate.readme import Contents, readme_snippets, write_readme
from specloom.generate.record import write_record
from specloom.generate.result import Counts, Loss
from specloom.generate.sbom import write_sbom
from specloom.generate.schemas import write_schemas
from specloom.generate.tooling import command_modules, plugin_module, write_examples
from specloom.spec import Api, load_api
from specloom.spec.vocabulary import is_foreign


def build(spec: Path, folder: Path, made_of: Mapping[str, str], ahead: Ahead | None = None) -> Counts:
    """Build the distribution for `spec` in the new folder `folder`; `made_of` goes into its record.

    The pydantic models are made `ahead` if something is there that does. Raises SpecloomError when the spec is not
    usable or a generator fails or leaves something out.
    """
    with uncollected(at_leisure=ahead is not None):
        api, names = load_api(spec), names_of(spec)
        if not api.operations:
            raise api.document.error("there is no operation", "/paths", "a package needs one")
        prepared = prepare(api)
        if ahead is None:
            return _built(prepared, names, folder, made_of)
        modelled = for_models(prepared.api)
        ahead.begin(modelled, names, spec)
        return _built(prepared, names, folder, made_of, _Begun(ahead, prepared, modelled))


@attrs.frozen
class _Begun:
    """What is being made ahead, and of what."""

    ahead: Ahead
    prepared: Prepared
    modelled: Modelled

    def models(self, client: Client, names: Names) -> Models:
        """Return the finished models; all that could not be made, or of which the client left something out, anew."""
        api, same = client.api, client.prepared is self.prepared
        module = self.ahead.schemas() if same else None
        modelled = self.modelled if same else for_models(api)
        return make_models(api, modelled, lambda one: module or finished_schemas(one, names, api.document.path))


def _built(
    prepared: Prepared, names: Names, folder: Path, made_of: Mapping[str, str], begun: _Begun | None = None
) -> Counts:
    package = folder / names.package
    client, modules = make_client(prepared, names)
    api, spec = client.api, client.api.document.path
    check_operations(client.prepared, modules)
    facade = plan(client)
    modules |= facade_modules(facade, names) | command_modules(api, facade, names)
    modules[PLUGIN] = plugin_module(facade, names)
    snippets = readme_snippets(api, facade, names)
    if begun is None:
        models = make_models(api, for_models(api), partial(write_schemas, package=names.package, spec=spec))
        if models.module is not None:
            modules[SCHEMAS] = models.module
        snippets = finish(spec, package, names.notice, modules, snippets)
    else:
        snippets = finish(spec, package, names.notice, modules, snippets)
        models = begun.models(client, names)
        if models.module is not None:
            (package / SCHEMAS).write_text(models.module, "utf-8")
    # What is copied has been checked by the tests.
    write_bundles(package, names.notice, without=() if client.is_styled else (STYLES,))
    _complete(api, facade, names, folder)
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


def _complete(api: Api, facade: Facade, names: Names, folder: Path) -> None:
    """Add what is no code."""
    package = folder / names.package
    write_examples(api, facade, package / "examples.json")
    (package / "py.typed").touch()
    write_pyproject(api, names, folder)
    write_licence(folder)
    write_sbom(api, names, folder)


def _left_open(client: Client) -> tuple[Loss, ...]:
    """Return what is left open about parameters. Raises SpecloomError for a spec that is written by hand."""
    found = tuple(client.left_open)
    if found and not is_foreign(client.api.document):
        raise client.api.document.error(
            found[0].reason, found[0].pointer, "make it a query or a header, and its content JSON"
        )
    return found
