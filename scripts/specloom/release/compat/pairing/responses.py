"""Pair what an operation answers: statuses and headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from specloom.release.compat.pairing.match import Match, matched
from specloom.release.compat.pairing.parts import members
from specloom.release.compat.pairs import OperationPair, Part

_DEFAULT: Final = "default"
# OpenAPI 3.1, 4.8.17: a definition of the header Content-Type is ignored.
_IGNORED: Final = "content-type"


@attrs.frozen
class Answer:
    """A response by its status: `404`, a range such as `4XX`, or `default`.

    Where one document has only what covers the status (`4XX` or `default` for `404`), that is what is matched.
    """

    status: str
    match: Match

    @property
    def error(self) -> bool:
        """Whether the status tells of an error (RFC 9110, 15.5 and 15.6); `default` stands for errors."""
        return self.status == _DEFAULT or self.status[:1] in {"4", "5"}


def answers(pair: OperationPair) -> list[Answer]:
    """Return the responses of an operation."""
    old, new = _responses(pair.base), _responses(pair.revision)
    return [
        Answer(
            status,
            Match(pair.received, pair.label, f"status {status}", _covering(old, status), _remaining(new, status)),
        )
        for status, _, _ in matched(old, new)
    ]


def headers(answer: Answer) -> Iterator[Match]:
    """Yield the headers of a response that both documents have, without regard to case."""
    if not answer.match.both:
        return
    old, new = _headers(answer.match.base), _headers(answer.match.revision)
    names = {name.lower(): name for name, _ in (*new, *old)}
    for key, base, revision in matched(_lowered(old), _lowered(new)):
        where = f"{answer.status} header {names[key]}"
        yield attrs.evolve(answer.match, where=where, base=base, revision=revision)


def _responses(operation: Part) -> dict[str, Part]:
    return {
        status if status == _DEFAULT else status.upper(): response
        for status, response in members(operation, "responses")
        if not status.startswith("x-")
    }


def _covering(responses: Mapping[str, Part], status: str) -> Part | None:
    """Return the response for `status` (OpenAPI 3.1, 4.8.16).

    `default` stands for errors where successes are declared by themselves, as nearly all documents do.
    """
    named = responses.get(status) or responses.get(f"{status[:1]}XX")
    if named is not None or status[:1] in {"4", "5"} or not any(each[:1] == "2" for each in responses):
        return named or responses.get(_DEFAULT)
    return None


def _remaining(responses: Mapping[str, Part], status: str) -> Part | None:
    """Return the response for `status`; of a range, one that is left of it."""
    inside = [each for each in responses if status.endswith("XX") and each[:1] == status[:1]]
    return _covering(responses, status) or (responses[inside[0]] if inside else None)


def _headers(response: Part | None) -> list[tuple[str, Part]]:
    return [(name, header) for name, header in members(response, "headers") if name.lower() != _IGNORED]


def _lowered(headers: list[tuple[str, Part]]) -> dict[str, Part]:
    return {name.lower(): header for name, header in headers}
