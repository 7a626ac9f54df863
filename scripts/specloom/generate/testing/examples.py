"""The documented answers of each operation, with the examples of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs


class ExampleError(LookupError):
    """There is no such operation, status or example; the message lists those that there are."""


@attrs.frozen
class Answer:
    """What is answered: status, header fields and content."""

    status: int
    headers: Mapping[str, str]
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class Documented:
    """A documented response: `status` as in the spec (`200`, `4XX`, `default`), examples by media type and name."""

    status: str
    headers: Mapping[str, str]
    content: Mapping[str, Mapping[str, Any]] = attrs.field(repr=False)

    def examples(self) -> Iterator[tuple[str, str, Any]]:
        """Yield media type, name and value of each example."""
        for media_type, examples in self.content.items():
            yield from ((media_type, name, value) for name, value in examples.items())


@attrs.frozen
class Operation:
    """An operation: its operationId, its name in the client (`orders.cancel`), and its documented responses."""

    id: str
    name: str
    method: str
    path: str
    responses: tuple[Documented, ...] = attrs.field(repr=False)

    def answer(self, status: int | None, example: str | None) -> Answer:
        """Return the example called `example` of the response with `status`.

        Without a name it is the first example; without a status the first response that has one so called, or, with
        neither, the first success. Raises ExampleError when there is no such status or example.
        """
        found = self._of_status(status)
        if status is None and example is None:
            found = [min(found, key=lambda each: _rank(each.status))]
        for documented in found:
            code = _code(documented.status) if status is None else status
            for media_type, name, value in documented.examples():
                if example in {None, name}:
                    headers = {**documented.headers, "Content-Type": media_type}
                    return Answer(code, headers, _write(media_type, value))
            if example is None and not documented.content:
                return Answer(code, documented.headers, b"")
        if example is None:
            raise ExampleError(f"{self.name} has no example of the status {found[0].status}; give a body")
        names = _listed(f"{name} ({each.status})" for each in found for _, name, _ in each.examples())
        raise ExampleError(f"{self.name} has no example {example!r}; there are {names}")

    def media_type(self, status: int) -> str | None:
        """Return the media type of the response with `status`; JSON if that is not documented, None without content."""
        documented = next(iter(self._documented(status)), None)
        return "application/json" if documented is None else next(iter(documented.content), None)

    def _of_status(self, status: int | None) -> list[Documented]:
        found = list(self.responses) if status is None else self._documented(status)
        if not found:
            statuses = _listed(each.status for each in self.responses)
            raise ExampleError(f"{self.name} documents no status {status}; there are {statuses}. Or give a body")
        return found

    def _documented(self, status: int) -> list[Documented]:
        wanted = [str(status), f"{status // 100}XX", "default"]
        return sorted(
            (each for each in self.responses if each.status in wanted), key=lambda it: wanted.index(it.status)
        )


@attrs.frozen
class Examples:
    """All operations of the API, and where credentials stand in requests: names by `header`, `query` and `cookie`."""

    operations: tuple[Operation, ...]
    credentials: Mapping[str, tuple[str, ...]]

    def named(self, name: str | None) -> tuple[Operation, ...]:
        """Return the operation called `name`, or with the operationId `name`; all for None. Raises ExampleError."""
        found = tuple(each for each in self.operations if name in {None, each.name, each.id})
        if not found:
            raise ExampleError(
                f"there is no operation {name!r}; there are {_listed(each.name for each in self.operations)}"
            )
        return found

    def matching(self, method: str, path: str) -> Operation:
        """Return the operation that `path` (percent-encoded, after any base URL) is one of. Raises ExampleError."""
        segments = path.split("/")
        # Concrete segments win over templated ones (OpenAPI 3.1, 4.8.8.2), long paths over short ones.
        for operation in sorted(self.operations, key=lambda each: (-each.path.count("/"), each.path.count("{"))):
            wanted = operation.path.split("/")[1:]
            given = segments[-len(wanted) :]
            fits = len(segments) > len(wanted) and all(map(_fits, wanted, given))
            if fits and operation.method == method.upper():
                return operation
        labels = _listed(f"{each.method} {each.path}" for each in self.operations)
        raise ExampleError(f"{method} {path} is no operation; there are {labels}")


@cache
def examples() -> Examples:
    """Return the examples of this package, which are read once."""
    data = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
    return Examples(
        operations=tuple(
            Operation(
                **{key: each[key] for key in ("id", "name", "method", "path")},
                responses=tuple(Documented(status, **response) for status, response in each["responses"].items()),
            )
            for each in data["operations"]
        ),
        credentials={where: tuple(names) for where, names in data["credentials"].items()},
    )


def _fits(wanted: str, given: str) -> bool:
    return wanted == given or (wanted.startswith("{") and wanted.endswith("}") and given != "")


def _rank(status: str) -> int:
    """Put successes first, then redirections, then what is answered in any other case."""
    return {"2": 0, "3": 1, "d": 2}.get(status[0], 3)


def _code(status: str) -> int:
    return int(status.replace("X", "0")) if status[0].isdigit() else 200


def _write(media_type: str, value: Any) -> bytes:
    name = media_type.partition(";")[0].strip().lower()
    if isinstance(value, str) and name != "application/json" and not name.endswith("+json"):
        return value.encode()
    return json.dumps(value, ensure_ascii=False).encode()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
