"""Read what YAML wrote in ways that JSON does not have: merge keys, and members that were left empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from specloom.spec import pointer as json_pointer
from specloom.spec.api import METHODS
from specloom.spec.foreign.note import Note
from specloom.spec.foreign.structure import COMPONENTS

_MERGE: Final = "<<"


def tidy(data: dict[str, Any]) -> Iterator[Note]:
    """Change a document in place, before anything else looks into it; yield what was changed."""
    yield from _merged(data, ())
    yield from _without_null(data, ())
    yield from _objects(data, ("components",), ())
    components = data.get("components")
    if components is not None:
        yield from _objects(components, COMPONENTS.values(), ("components",))
        yield from _without_null(components, ("components",))
        for kind, named in components.items():
            yield from _without_null(named, ("components", kind))
    yield from _slashed(data)
    paths = data.get("paths")
    for path, item in list(paths.items()) if isinstance(paths, dict) else ():
        yield from _without_null(item, ("paths", path))
        for method in METHODS:
            if isinstance(item, dict) and method in item:
                yield from _without_null(item[method], ("paths", path, method))
    yield from _without_null(paths, ("paths",))


def _slashed(data: dict[str, Any]) -> Iterator[Note]:
    """Let each path begin with a slash (OpenAPI 3.1, section 4.8.8.1), unless there is the same with one already."""
    paths = data.get("paths")
    if not isinstance(paths, dict):
        return
    bare = {path for path, item in paths.items() if isinstance(item, dict) and not path.startswith(("/", "x-"))}
    bare -= {path for path in bare if f"/{path}" in paths}
    data["paths"] = {f"/{path}" if path in bare else path: item for path, item in paths.items()}
    for path in sorted(bare):
        yield Note(json_pointer.join("paths", f"/{path}"), f"it was called {path!r}; a path begins with a slash")


def _objects(value: dict[str, Any], names: Iterable[str], at: tuple[str, ...]) -> Iterator[Note]:
    """Take out those of the members `names` that are to be objects, and are not."""
    for name in names:
        if not isinstance(value.get(name), dict | None):
            del value[name]
            yield Note(json_pointer.join(*at, name), "it was left out: it is no object", lost=True)


def _without_null(value: Any, at: tuple[str, ...]) -> Iterator[Note]:
    """Take out the members of an object of OpenAPI that are null, which none of them can be."""
    for name in [name for name, each in value.items() if each is None] if isinstance(value, dict) else ():
        del value[name]
        yield Note(json_pointer.join(*at, name), "nothing stood there")


def _merged(value: Any, at: tuple[str, ...]) -> Iterator[Note]:
    """Write the mappings that a merge key names into the object that has it; what stands there itself wins."""
    if isinstance(value, dict):
        named = value.get(_MERGE)
        merged: list[Any] = named if isinstance(named, list) else [named]
        if named is not None and all(isinstance(each, dict) for each in merged):
            del value[_MERGE]
            for each in merged:
                for name, member in each.items():
                    value.setdefault(name, member)
            yield Note(json_pointer.join(*at), "what its merge key names was written into it")
        for name, member in list(value.items()):
            yield from _merged(member, (*at, str(name)))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _merged(each, (*at, str(index)))
