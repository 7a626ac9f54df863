"""Plan the facade of an API from its spec and what openapi-python-client read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import attrs

from specloom.generate.facade import naming
from specloom.generate.facade.annotations import union
from specloom.generate.facade.answers import answers, errors, successes
from specloom.generate.facade.arguments import arguments
from specloom.generate.facade.credentials import credentials
from specloom.generate.facade.plan import Annotation, Environment, ErrorClass, Facade, Group, Method
from specloom.generate.facade.rules import rules
from specloom.generate.facade.source import Source
from specloom.generate.facade.statuses import error_class, phrase
from specloom.generate.request_models import parameter_models
from specloom.spec import Api

if TYPE_CHECKING:
    from specloom.generate.client import Client

# Attributes of a client that no group may take the place of.
_ATTRIBUTES: Final = frozenset({"aclose", "close"})
# Names in the modules of the facade that no model may take the place of.
_TAKEN: Final = frozenset(
    {
        *(
            "Any",
            "AsyncCaller",
            "AsyncSecret",
            "AsyncSession",
            "CallOptions",
            "Caller",
            "Credential",
            "File",
            "Final",
            "Literal",
            "Mapping",
            "Response",
            "RetryPolicy",
        ),
        *("Secret", "Self", "Session", "StatusError", "TracebackType", "UNSET", "UUID", "UnexpectedStatus", "Unset"),
    }
)


def plan(client: Client) -> Facade:
    """Return the facade of the API that `client` is of."""
    api, endpoints, data = client.api, client.endpoints, client.data
    name = naming.class_name(api)
    models = {str(each.class_info.name): each for each in data.models}
    types = {*models, *(str(each.class_info.name) for each in data.enums)}
    statuses = [status for operation in api.operations for status in operation.responses]
    ours = {*_TAKEN, name, f"Async{name}", *(error_class(status) for status in statuses)}
    groups = _group_names(api, types | ours)

    def rename(model: str) -> str:
        return f"{model}Model" if model in types & ours else model

    sources = {each.id: Source(api, each, endpoints[each.id], models, rename) for each in api.operations}
    functions: set[str] = set()
    methods = {tag: tuple(_methods(api, tag, sources, functions)) for tag in groups}
    return Facade(
        class_name=name,
        prefix=naming.environment_prefix(api),
        title=api.title,
        description=str(api.document.data["info"].get("description", "")).strip(),
        groups=tuple(
            Group(attribute, class_name, tag, _tag_description(api, tag), methods[tag])
            for tag, (attribute, class_name) in groups.items()
        ),
        errors=tuple(_error_classes([method for each in methods.values() for method in each])),
        credentials=credentials(api),
        environments=tuple(
            Environment(server.name, url, " ".join(server.description.split()))
            for server, url in zip(api.servers, _urls(api), strict=True)
            if server.name is not None and url is not None
        ),
        base_url=next(_urls(api), None),
        classes=client.prepared.classes,
    )


def _group_names(api: Api, taken: set[str]) -> dict[str, tuple[str, str]]:
    """Return the attribute and the class of each tag."""
    names: dict[str, tuple[str, str]] = {}
    for tag in dict.fromkeys(operation.tag for operation in api.operations):
        attribute = naming.attribute(tag, {*_ATTRIBUTES, *(attribute for attribute, _ in names.values())})
        class_name = naming.free(naming.pascal_case(tag) or "Default", ())
        while {class_name, f"Async{class_name}"} & taken:
            class_name += "Group"
        taken |= {class_name, f"Async{class_name}"}
        names[tag] = (attribute, class_name)
    return names


def _methods(api: Api, tag: str, sources: Mapping[str, Source], functions: set[str]) -> Iterator[Method]:
    """Yield the methods of a tag; the names of `functions` of others are taken, and theirs are then."""
    operations = [operation for operation in api.operations if operation.tag == tag]
    names = naming.method_names(operations)
    for operation in operations:
        method = _method(names[operation.id], sources[operation.id])
        method = attrs.evolve(method, function=naming.free(method.function, functions))
        functions.add(method.function)
        yield method


def _method(name: str, source: Source) -> Method:
    found, body = arguments(source)
    documented = answers(source)
    returned = successes(documented)
    endpoint = source.endpoint
    return Method(
        name=name,
        function=f"{endpoint.tags[0]}_{endpoint.name}",
        operation=source.operation,
        tag=str(endpoint.tags[0]),
        module=str(endpoint.name),
        arguments=found,
        body=body,
        successes=returned,
        errors=errors(documented),
        returns=union(each.annotation for each in returned),
        rules=tuple(rules(source.api, source.operation)),
        parameter_models={str(key): value for key, value in parameter_models(source.operation).items()},
    )


def _error_classes(methods: Sequence[Method]) -> Iterator[ErrorClass]:
    """Yield the class of each documented error status, by status; `default` comes last."""
    found: dict[str, list[Annotation]] = {}
    for method in methods:
        for error in method.errors:
            found.setdefault(error.answer.status, []).append(error.answer.annotation)
    for status in sorted(found):
        yield ErrorClass(error_class(status), status, phrase(status), union(found[status]))


def _tag_description(api: Api, tag: str) -> str:
    tags = api.document.data.get("tags", [])
    return " ".join(next((each.get("description", "") for each in tags if each["name"] == tag), "").split())


def _urls(api: Api) -> Iterator[str | None]:
    """Yield the base URL of each server, its variables at their defaults; None for one that is not absolute."""
    for index, server in enumerate(api.servers):
        url = server.url
        for name, variable in api.document.at(f"/servers/{index}").get("variables", {}).items():
            url = url.replace(f"{{{name}}}", variable["default"])
        yield url.rstrip("/") if urlsplit(url).scheme in {"http", "https"} else None
