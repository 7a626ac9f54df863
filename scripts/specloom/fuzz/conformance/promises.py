"""Compare the body and headers of an answer with the templates that `x-answers` gives for its outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from specloom.fuzz import checks
from specloom.fuzz.conformance.breach import Breach
from specloom.fuzz.conformance.forms import NOW, UUID, Formed, difference
from specloom.fuzz.wire import Answer
from specloom.spec import Operation
from specloom.spec import pointer as json_pointer
from specloom.spec.behaviour import Outcome
from specloom.spec.expression import ABSENT

Scope = Mapping[str, Any]

# Two words, one word as in "Unauthorized.", or the "string" of a generated sample.
_WORDS: Final = re.compile(r"string|[A-Z][a-z]+\.?|.* .*", re.DOTALL)


def broken_success(  # noqa: PLR0913 - what is asked, what is answered, and what is known
    operation: Operation, scopes: Sequence[Scope], request: Scope, answer: Answer, body: Any, *, is_known: bool
) -> Iterator[Breach]:
    """Yield what a success does not say, or not ensure, as `x-answers` and `x-ensures` have it.

    `scopes` has a scope for each record, in which `record` is as it must be now; `is_known` says that all members of
    the records are known, and not a few of them.
    """
    first = scopes[0] if len(scopes) == 1 else request
    scope = {**first, "each": list(scopes), "now": NOW, "uuid": UUID}
    yield from _promised(operation, "success", scope, answer, body)
    full: dict[str, Any] = {**request, "response.header": _by_name(answer)}
    if body is not ABSENT:
        full["response.body"] = body
    if len(scopes) == 1 and is_known and "record" in scopes[0]:
        full["record"] = scopes[0]["record"]
    for message in checks.broken_ensures(operation, full):
        rule, _, rest = message.partition(": ")
        yield Breach("documented_ensures", rest, rule)


def broken_refusal(
    operation: Operation, outcome: Outcome, request: Scope, answer: Answer, body: Any
) -> Iterator[Breach]:
    """Yield where a refusal differs from its template or example in more than words for people."""
    yield from _promised(operation, outcome, {**request, "now": NOW, "uuid": UUID}, answer, body)


def _promised(operation: Operation, outcome: Outcome, scope: Scope, answer: Answer, body: Any) -> Iterator[Breach]:
    documented = operation.answers.get(outcome)
    if documented is None or str(answer.status) != documented.status:
        return
    response = operation.responses[documented.status]
    check = "documented_ensures" if outcome == "success" else "documented_outcome"
    if body is not ABSENT and response.media_types:
        example = None if documented.body is not None else response.example(documented.example)
        if documented.body is not None:
            expected = documented.body(scope)
        else:
            expected = ABSENT if example is None or outcome == "success" else example.value
        if outcome != "success":
            if response.faults is not None:
                expected = _without(expected, json_pointer.split(response.faults.at))
            expected = _without_words(expected)
        if expected is not ABSENT and (message := difference(expected, body)):
            where = f"{documented.pointer}/body" if documented.body is not None or example is None else example.pointer
            yield Breach(check, f"the answer of {outcome}: {message}", where)
    for name, values in documented.headers:
        wanted = next((value for value in (each(scope) for each in values) if value is not ABSENT), ABSENT)
        found = answer.header_values(name.lower())
        if wanted is ABSENT:
            continue
        if not found or difference(wanted if isinstance(wanted, Formed) else str(wanted), found[0]):
            shown = ", ".join(found) or "missing"
            rule = f"{documented.pointer}/headers{json_pointer.join(name)}"
            yield Breach(check, f"the header {name} of {outcome} is {shown}, not {wanted!r}", rule)


def _without(value: Any, tokens: list[str]) -> Any:
    """Return `value` without what stands where faults are written: that depends on the request."""
    if not tokens or tokens[0] == "*" or "{$" in tokens[0]:
        return ABSENT
    if not isinstance(value, dict) or tokens[0] not in value:
        return value
    child = _without(value[tokens[0]], tokens[1:])
    return {
        name: child if name == tokens[0] else each
        for name, each in value.items()
        if name != tokens[0] or child is not ABSENT
    }


def _without_words(value: Any) -> Any:
    """Return `value` without null, and without texts that are words for people, which a server may choose."""
    if isinstance(value, dict):
        return {name: _without_words(each) for name, each in value.items() if not _is_open(each)}
    if isinstance(value, list):
        return [_without_words(each) for each in value]
    return value


def _is_open(value: Any) -> bool:
    return value is None or (isinstance(value, str) and _WORDS.fullmatch(value) is not None)


def _by_name(answer: Answer) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers}
