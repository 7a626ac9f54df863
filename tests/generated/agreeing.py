"""The three views of a schema: JSON Schema, attrs and pydantic."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import pydantic

from specloom.spec import Api, Schemas, find_specs, load_api
from specloom.spec import pointer as json_pointer

ROOT: Final = Path(__file__).parent.parent.parent


@attrs.frozen
class Views:
    """A component schema that has a class of either kind; `read_*` return what is written after reading."""

    name: str
    schema: Mapping[str, Any] = attrs.field(repr=False)
    accepts: Callable[[Any], bool] = attrs.field(repr=False)
    attrs_model: Any = attrs.field(repr=False)
    pydantic_model: type[pydantic.BaseModel] = attrs.field(repr=False)

    def read_by_attrs(self, value: Any) -> Any:
        """Return the JSON that the attrs model gives back. Raises TypeError, ValueError or KeyError."""
        return self.attrs_model.from_dict(value).to_dict()

    def refused_by_attrs(self, value: Any) -> Exception | None:
        """Return why the attrs model does not read the value: a TypeError, ValueError or KeyError itself."""
        try:
            self.read_by_attrs(value)
        except (TypeError, ValueError, KeyError) as error:
            return error if type(error) in {TypeError, ValueError, KeyError} else None
        return None

    def read_by_pydantic(self, value: Any) -> Any:
        """Return the JSON that the pydantic model gives back. Raises pydantic.ValidationError."""
        return self.pydantic_model.model_validate(value).model_dump(mode="json", by_alias=True, exclude_unset=True)


@cache
def committed_views() -> list[Views]:
    """Return the views of the schemas of all specs, from the committed packages."""
    found: list[Views] = []
    for spec in find_specs(folder=ROOT / "specs"):
        api = load_api(spec)
        folder = str(ROOT / "generated" / api.name)
        sys.path.insert(0, folder)
        try:
            found += views(api, f"{api.name}_client")
        finally:
            sys.path.remove(folder)
    return found


def views(api: Api, package: str) -> Iterator[Views]:
    """Yield the views of each component schema of `api` that describes objects of its own; `package` is imported."""
    models = importlib.import_module(f"{package}.models")
    schemas = importlib.import_module(f"{package}.schemas")
    compiled = Schemas(api.document)
    for name, schema in api.document.data["components"]["schemas"].items():
        if hasattr(getattr(models, name, None), "from_dict") and hasattr(schemas, name):
            validator = compiled.validator(json_pointer.join("components", "schemas", name))
            yield Views(
                f"{api.name}-{name}",
                resolved(api.document.data, schema),
                validator.is_valid,
                getattr(models, name),
                getattr(schemas, name),
            )


def resolved(data: Mapping[str, Any], schema: Any) -> Any:
    """Return `schema` without references; they must not go in circles."""
    if isinstance(schema, list):
        return [resolved(data, each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(reference := schema.get("$ref"), str):
        target = json_pointer.get(data, reference.removeprefix("#"))
        return {**resolved(data, target), **{key: value for key, value in schema.items() if key != "$ref"}}
    return {key: resolved(data, value) for key, value in schema.items() if not key.startswith("x-")}


def without_nulls(value: Any, written: Any) -> Any:
    """Return `value` without the members that are null and were not written: they were read as absent."""
    if isinstance(value, dict) and isinstance(written, dict):
        kept = {name: each for name, each in value.items() if each is not None or name in written}
        return {name: without_nulls(each, written.get(name)) for name, each in kept.items()}
    if isinstance(value, list) and isinstance(written, list) and len(value) == len(written):
        return [without_nulls(each, other) for each, other in zip(value, written, strict=True)]
    return value
