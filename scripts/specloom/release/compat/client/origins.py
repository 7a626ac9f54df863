"""Tell from which place of its spec something public in a generated package comes."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from specloom.generate.client import Client, read_client
from specloom.generate.facade import plan
from specloom.generate.facade.plan import Facade, Group, Method
from specloom.generate.naming import Names
from specloom.release.compat.change import Change
from specloom.release.compat.client.finding import twin
from specloom.spec import Api, Document, Place, SpecloomError
from specloom.spec import pointer as json_pointer


@attrs.frozen
class Origin:
    """The operation that something comes from, if it is of one only, and the pointer into the spec."""

    operation: str | None
    pointer: str


class Origins:
    """Where the public names of a package come from in the spec that it was made from."""

    def __init__(self, api: Api, names: Names) -> None:
        """Read from `api` what its package consists of. Raises SpecloomError as the generator does."""
        client = read_client(api, names)
        facade = plan(client)
        self._document: Document = api.document
        self._found = dict([*_models(client), *_facade(facade, api)])

    def place(self, where: str) -> Place | None:
        """Return the place in the spec of what is public as `where`; None where it cannot be told."""
        origin = self._origin(where)
        return None if origin is None else self._document.place(origin.pointer)

    def operation(self, where: str) -> str | None:
        """Return the label of the operation that `where` comes from."""
        origin = self._origin(where)
        return None if origin is None else origin.operation

    def _origin(self, where: str) -> Origin | None:
        """Return the origin of `where`, or of what it is a part of."""
        for name in (
            twin(where),
            twin(where).partition("(")[0],
            where.rpartition(" ")[0],
            twin(where).rpartition(".")[0],
        ):
            origin = self._found.get(name)
            if origin is not None and _exists(self._document, origin.pointer):
                return origin
        return None


def located(change: Change, base: Origins, revision: Origins) -> Change:
    """Return `change` with places in the specs in the place of those in the packages, as far as they can be told."""
    return attrs.evolve(
        change,
        operation=base.operation(change.where) or revision.operation(change.where),
        base=change.base and (base.place(change.where) or change.base),
        revision=change.revision and (revision.place(change.where) or change.revision),
    )


def _models(client: Client) -> Iterator[tuple[str, Origin]]:
    for each in (*client.data.models, *client.data.enums):
        name = str(each.class_info.name)
        yield f"models.{name}", Origin(None, json_pointer.join("components", "schemas", name))
    for model in client.data.models:
        for member in (*(model.required_properties or ()), *(model.optional_properties or ())):
            name = str(model.class_info.name)
            pointer = json_pointer.join("components", "schemas", name, "properties", str(member.name))
            yield f"models.{name}.{member.python_name}", Origin(None, pointer)


def _facade(facade: Facade, api: Api) -> Iterator[tuple[str, Origin]]:
    tags = [str(each.get("name")) for each in api.document.data.get("tags", [])]
    for group in facade.groups:
        of_tag = Origin(None, f"/tags/{tags.index(group.tag)}" if group.tag in tags else "")
        yield group.class_name, of_tag
        yield f"{facade.class_name}.{group.name}", of_tag
        for method in group.methods:
            yield from _method(group, method)
    for credential in facade.credentials:
        for each in credential.inputs:
            yield f"{facade.class_name}.__init__({each.name})", Origin(None, credential.scheme.pointer)
    yield f"{facade.class_name}.__init__(environment)", Origin(None, "/servers")
    yield facade.class_name, Origin(None, "/info")


def _method(group: Group, method: Method) -> Iterator[tuple[str, Origin]]:
    label, pointer = method.operation.label, method.operation.pointer
    yield f"{group.class_name}.{method.name}", Origin(label, pointer)
    yield f"command {group.name} {method.name}", Origin(label, pointer)
    for argument in method.arguments:
        name = f"{group.class_name}.{method.name}({argument.name})"
        yield name, Origin(label, argument.schema_pointer)
    for error in method.errors:
        response = method.operation.responses[error.answer.status]
        yield error.class_name, Origin(None, response.pointer)


def _exists(document: Document, pointer: str) -> bool:
    try:
        document.at(pointer)
    except SpecloomError:
        return False
    return True
