"""Make and import the pydantic models of the schemas of a small document."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import warnings
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pydantic
import yaml

from specloom.generate.bundling import hand_written
from specloom.generate.models import make_models
from specloom.generate.naming import names_of
from specloom.generate.preparing import for_models
from specloom.generate.schema_names import model_names
from specloom.generate.schemas import write_schemas
from specloom.spec import Api, Schemas, load_api
from specloom.spec import pointer as json_pointer
from specloom.spec.equality import equal


@attrs.frozen
class Made:
    """The models of a document, and what was told of them by pointer."""

    api: Api
    module: ModuleType
    losses: dict[str, str]

    def model(self, schema: str) -> type[pydantic.BaseModel]:
        """Return the model of the component schema of this name."""
        found: type[pydantic.BaseModel] = getattr(self.module, model_names(self.api)[schema])
        return found

    def takes(self, schema: str, value: Any) -> bool:
        """Say whether the model accepts `value`, and make sure that the schema does so too and nothing is changed."""
        wanted = Schemas(self.api.document).validator(json_pointer.join("components", "schemas", schema))
        try:
            written = (
                self.model(schema).model_validate(value).model_dump(mode="json", by_alias=True, exclude_unset=True)
            )
        except pydantic.ValidationError:
            assert not wanted.is_valid(value), f"the schema accepts {value}"
            return False
        assert equal(written, value), written
        assert wanted.is_valid(value), f"the schema refuses {value}"
        return True


def document(folder: Path, schemas: dict[str, Any], *, foreign: bool = True, body: str = "", **operation: Any) -> Api:
    """Return an API with these component schemas, one of which may be the body of its only operation."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    sent = {"requestBody": {"content": content}} if body else {}
    described = {"operationId": "send", "tags": ["a"], "responses": {"200": {"description": "Done."}}}
    data = {
        "openapi": "3.1.0",
        **({"x-foreign": True} if foreign else {}),
        "info": {"title": "Odd", "version": "1.0.0"},
        "paths": {"/": {"post": {**described, **sent, **operation}}},
        "components": {"schemas": schemas},
    }
    path = folder / "specs" / "odd" / "openapi.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return load_api(path)


def imported(api: Api, folder: Path) -> Made:
    """Return the models of `api`, whose module is made in `folder`; that they warn of anything is an error."""
    package = folder / "odd_client"
    package.mkdir()
    for name in ("__init__.py", "strict.py", "values.py"):
        (package / name).write_text(hand_written().get(name, ""), "utf-8")
    write = partial(write_schemas, package=names_of(api.document.path).package, spec=api.document.path)
    models = make_models(api, for_models(api), write)
    assert models.module is not None
    (package / "schemas.py").write_text(models.module, "utf-8")
    spec = importlib.util.spec_from_file_location(
        f"odd_{folder.name}", package / "__init__.py", submodule_search_locations=[str(package)]
    )
    assert spec is not None
    sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        module = importlib.import_module(f"{spec.name}.schemas")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, pydantic.BaseModel):
                each.model_rebuild()
    return Made(api, module, {loss.pointer: loss.reason for loss in models.losses})


def made(folder: Path, schemas: dict[str, Any]) -> Made:
    """Return the models of these component schemas of a foreign document."""
    return imported(document(folder, schemas), folder)


def reference(name: str) -> dict[str, Any]:
    """Return a reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}
