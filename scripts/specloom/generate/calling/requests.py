"""Turn the arguments of a method into what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from specloom.generate.calling.checking import Checks
from specloom.generate.calling.kinds import Kind
from specloom.generate.runtime.errors import RequestValidationError

# They give `//`, or are removed from the path on the way (RFC 3986, section 5.2.4).
_NOT_IN_PATHS = ("", ".", "..")
_OTHER_BODIES = frozenset({"content", "data", "files"})


@attrs.frozen
class Argument:
    """An argument: its name in Python, where in the request it goes, its name there and in the code that sends it.

    A `needed` one must be sent, a member of an optional body when there is a body. None is a value of a `nullable` one
    and means of any other that it is not given.
    """

    name: str
    location: str
    source: str
    stock: str
    kind: Kind
    needed: bool = False
    nullable: bool = False

    def problems(self, value: object) -> list[str]:
        """Return what is wrong with `value`."""
        if self.location == "path" and value in _NOT_IN_PATHS:
            return [f"{self.name} must not be {value!r}: that would address something else"]
        return self.kind.problems(value, self.name)


@attrs.frozen
class Body:
    """The body: made of the arguments that are its members when `model` is given, else an argument itself."""

    required: bool
    media_type: str
    model: Callable[..., Any] | None = None


@attrs.frozen
class Requests:
    """Makes requests of an operation.

    `send` is the code of openapi-python-client that takes the arguments, `unset` its value for what is not given.
    """

    send: Callable[..., dict[str, Any]]
    unset: object
    arguments: tuple[Argument, ...] = ()
    body: Body | None = None
    checks: Checks | None = None

    def make(self, values: Mapping[str, Any], *, validate: bool) -> tuple[dict[str, Any], list[str]]:
        """Return the keyword arguments with which httpx sends `values`, and all that is wrong with `values`.

        `values` has a value for each argument by its name. What has something wrong must not be sent.
        """
        model = None if self.body is None else self.body.model
        has_body = self.body is not None and self.body.required
        sent: dict[str, Any] = {}
        members: dict[str, Any] = {}
        problems: list[str] = []
        missing: list[str] = []
        for argument in self.arguments:
            value = values[argument.name]
            in_body = argument.location == "body"
            is_member = in_body and model is not None
            if value is self.unset or (value is None and not argument.nullable):
                value = self.unset
                if argument.needed:
                    (missing if is_member else problems).append(f"{argument.name} must be given")
            else:
                problems += argument.problems(value)
                has_body = has_body or in_body
            (members if is_member else sent)[argument.stock] = value
        if has_body:
            problems += missing
        if problems:
            return {}, problems
        try:
            if model is not None:
                sent["body"] = model(**members) if has_body else self.unset
            made = self.send(**sent)
        except RequestValidationError as error:
            return {}, list(error.problems)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A member of a model has the wrong type. The message of the error may tell its value.
            return {}, [f"a value inside the arguments cannot be written ({type(error).__name__})"]
        self._name_media_type(made, has_body=has_body)
        if validate and self.checks is not None:
            problems = self.checks.problems(self._values(values, made))
        return made, problems

    def _name_media_type(self, made: dict[str, Any], *, has_body: bool) -> None:
        """Put right that openapi-python-client names a media type of a body that is not there."""
        headers: dict[str, Any] = made.get("headers", {})
        if not has_body:
            headers.pop("Content-Type", None)
        elif self.body is not None and "json" in made and made.keys() & _OTHER_BODIES:
            # It writes a body in each way that fits the type of it, and names the last.
            for name in _OTHER_BODIES:
                made.pop(name, None)
            headers["Content-Type"] = self.body.media_type

    def _values(self, values: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is sent by location: parameters by their names, the body as JSON."""
        found: dict[str, Any] = {each: {} for each in ("path", "query", "header", "cookie")}
        for argument in self.arguments:
            value = values[argument.name]
            is_given = value is not self.unset and (value is not None or argument.nullable)
            if argument.location != "body" and is_given:
                found[argument.location][argument.source] = _json(value)
        return {**found, "body": made["json"]} if "json" in made else found


def _json(value: Any) -> Any:
    """Return models, also in a list, as JSON."""
    if hasattr(value, "append"):
        return [_json(each) for each in value]
    return value.to_dict() if hasattr(value, "to_dict") else value
