"""Look up in a spec what the facts of a page are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import attrs

from specloom.pages.facts import REQUEST, Subject
from specloom.pages.paths import Step, Steps, read_path
from specloom.pages.schema_members import Alternative, Member, members
from specloom.pages.specfacts import Body, bodies
from specloom.spec import Api, Operation, Parameter, Schemas

NO_PARAMETERS: Final = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI does not count as parameters (3.1, 4.8.12.1): media types and security say it."""

_NUMBERED: Final = re.compile(r"response ([1-9][0-9]{0,3})")


@attrs.frozen
class Site:
    """What a spec has where a page has a member: `member` is None where it has nothing, or where anything may stand."""

    member: Member | None
    body: Body | None
    container: Member | None
    is_free: bool = False


class SpecView:
    """One operation of a spec, and the bodies, members and parameters in it by the names that facts give them."""

    def __init__(self, api: Api, operation: Operation) -> None:
        self.api = api
        self.operation = operation
        self.document = api.document
        self.schemas = Schemas(api.document)
        self._bodies: dict[str, list[Body]] = {}
        for body in bodies(api.document, operation):
            self._bodies.setdefault(body.where, []).append(body)

    def where(self, where: str) -> str:
        """Return the body that a page means: `response 2` is that of the second status of the spec that has one."""
        found = _NUMBERED.fullmatch(where)
        statuses = [status for status in self.operation.responses if status in self._bodies]
        if found is None or int(found[1]) > len(statuses):
            return where
        return statuses[int(found[1]) - 1]

    def bodies(self, where: str) -> list[Body]:
        """Return the bodies of the request or of a status, one for each media type."""
        return self._bodies.get(self.where(where), [])

    def whole(self, where: str) -> tuple[str, ...]:
        """Return the pointers of the request body or of a response, if it is there; of the operation otherwise."""
        response = self.operation.responses.get(self.where(where))
        if response is not None:
            return response.pointer, f"{self.operation.pointer}/responses/{response.status}"
        if where == REQUEST and self.operation.body is not None:
            return (self.operation.body.pointer,)
        return (self.operation.pointer,)

    def site(self, subject: Subject) -> Site:
        """Return what stands at the path of a member."""
        steps = read_path(subject.name)
        nearest: Site | None = None
        for body in self.bodies(subject.where):
            member = find(body.members, steps)
            if member is not None:
                return Site(member, body, member.container)
            container = self._container(body, steps)
            is_free = container is not None and any(accepts_anything(each) for each in container.alternatives)
            if nearest is None or is_free:
                nearest = Site(None, body, container, is_free)
        return nearest or Site(None, None, None)

    def _container(self, body: Body, steps: Steps) -> Member | None:
        """Return the nearest of what is around a path."""
        for length in range(len(steps) - 1, -1, -1):
            found = find(body.members, steps[:length])
            if found is not None:
                return found
        return None

    def place_of_members(self, site: Site) -> str:
        """Return the pointer of the `properties` to which a member would be added, "" where there is no such body."""
        holders = (
            [] if site.container is None else [part for part in site.container.holders if "$ref" not in part.schema]
        )
        return next(
            (f"{part.pointer}/properties" for part in holders if "properties" in part.schema),
            holders[-1].pointer if holders else "",
        )

    def parameter(self, subject: Subject) -> tuple[Parameter, Member | None] | None:
        """Return the parameter that a fact is about, and its schema; names of headers ignore case."""
        for parameter in self.operation.parameters:
            same = parameter.name == subject.name or (
                subject.where == "header" and parameter.name.lower() == subject.name.lower()
            )
            if same and parameter.location == subject.where:
                has_schema = "schema" in self.document.at(parameter.pointer)
                found = members(self.document, f"{parameter.pointer}/schema")[()] if has_schema else None
                return parameter, found
        return None

    def accepts(self, member: Member, value: Any) -> bool:
        """Return whether a value satisfies one of the alternatives of a member."""
        return any(
            all(not self.schemas.errors(part.pointer, value) for part in alternative)
            for alternative in member.alternatives
        )


def find(found: dict[Steps, Member], steps: Steps) -> Member | None:
    """Return the member at `steps`; a name may stand for any name of a map."""
    candidates: list[Steps] = [()]
    for step in steps:
        candidates = [
            (*each, way)
            for each in candidates
            for way in ((step,) if isinstance(step, Step) else (step, Step.ANY))
            if (*each, way) in found
        ]
    return found.get(candidates[0]) if candidates else None


def accepts_anything(alternative: Alternative) -> bool:
    """Return whether an object may hold members of any name and type, because the spec says so and no more."""
    return any(part.schema.get("additionalProperties") is True for part in alternative)


def same_path(template: str, path: str) -> bool:
    """Return whether a path of a page is that of the spec: `/orders/string/cancel` is `/orders/{id}/cancel`.

    A base path in front of it makes no difference, nor does a query behind it.
    """
    wanted = template.strip("/").split("/")
    given = path.partition("?")[0].strip("/").split("/")
    if len(given) < len(wanted):
        return False
    return all(
        each == other or (each.startswith("{") and each.endswith("}"))
        for each, other in zip(wanted, given[len(given) - len(wanted) :], strict=True)
    )


def same_operation(operation: Operation, label: str) -> bool:
    """Return whether `label`, such as `POST /orders/string/cancel`, is an operation of the spec."""
    method, _, path = label.partition(" ")
    return method.lower() == operation.method and same_path(operation.path, path)


def operation_named(api: Api, labels: Iterable[str]) -> Operation | None:
    """Return the operation that one of `labels` names; None when there is none."""
    given = list(labels)
    exact = (each for each in api.operations if each.label in given)
    alike = (each for each in api.operations if any(same_operation(each, label) for label in given))
    return next(exact, None) or next(alike, None)
