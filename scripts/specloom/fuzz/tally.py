"""Count the cases of a campaign by operation, status and rule, and keep the plainest failure of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from specloom.fuzz import curl
from specloom.fuzz.conformance.documented import response_of
from specloom.fuzz.context import Context
from specloom.fuzz.result import Case, Event, Failure, LeftOut, OperationCoverage, RuleCoverage
from specloom.fuzz.rules import Rule, rules
from specloom.spec import Operation

_MAX_BODY: Final = 20_000
_MAX_MESSAGE: Final = 4_000


class Tally:
    """What the parts of a campaign have yielded so far."""

    def __init__(self, context: Context) -> None:
        """Take the context of the campaign."""
        self.phases: Counter[str] = Counter()
        self.operations: dict[str, Counter[str]] = {each.label: Counter() for each in context.whole.operations}
        self.failures: dict[tuple[str, ...], Failure] = {}
        self._left_out: dict[str, None] = {}
        self._context = context
        self._by_label = {each.label: each for each in context.whole.operations}
        self._names = curl.variables(context.credentials)
        self._statuses: dict[str, Counter[str]] = {label: Counter() for label in self.operations}
        self._rules: Counter[tuple[str, str]] = Counter()

    @property
    def cases(self) -> int:
        """The requests sent and judged so far."""
        return self.phases.total()

    @property
    def statuses(self) -> dict[str, int]:
        """The statuses of all answers."""
        return dict(sorted(sum(self._statuses.values(), Counter()).items()))

    def add(self, event: Event) -> None:
        """Add what a part has yielded."""
        if isinstance(event, Case):
            self.phases[event.part] += 1
            if event.operation in self.operations:
                self.operations[event.operation][event.part] += 1
                if event.status:
                    self._statuses[event.operation][event.status] += 1
            for rule in filter(None, dict.fromkeys((event.rule, *event.also))):
                self._rules[event.operation, rule] += 1
        elif isinstance(event, LeftOut):
            self._left_out[self._context.redactor.text(event.text)] = None
        else:
            self._add_failure(event)

    def replace(self, name: tuple[str, ...], failure: Failure) -> None:
        """Put a failure with other steps in the place of the one called `name`."""
        self.failures[name] = self._completed(attrs.evolve(failure, curl=""))

    def left_out(self) -> Iterator[str]:
        """Yield what could not be checked, and what the requests sent do not show."""
        yield from self._left_out
        for label, statuses in self._statuses.items():
            # What OPTIONS is answered is no success, unless it is documented.
            succeeded = (status for status in statuses if status.startswith("2"))
            if not any(response_of(self._by_label[label], int(status)) for status in succeeded):
                yield f"{label}: no request succeeded, so the documented success was not seen"

    def coverage(self) -> tuple[OperationCoverage, ...]:
        """Return what was seen of each operation, and of the API as a whole under the label "" if it states rules."""
        stated = rules(self._context.api)
        found = [self._of_operation(each, stated) for each in self._context.api.operations]
        whole = tuple(self._of_rule(rule) for rule in stated if not rule.operation)
        if whole:
            found.append(OperationCoverage("", "", 0, {}, (), whole))
        return tuple(found)

    def _of_operation(self, operation: Operation, stated: Iterable[Rule]) -> OperationCoverage:
        label = operation.label
        return OperationCoverage(
            operation=label,
            page=operation.page,
            cases=self.operations[label].total(),
            statuses=dict(sorted(self._statuses[label].items())),
            documented=tuple(operation.responses),
            rules=tuple(self._of_rule(rule) for rule in stated if rule.operation == label),
        )

    def _of_rule(self, rule: Rule) -> RuleCoverage:
        places = {rule.pointer, rule.at}
        # What the API states as a whole is put to the test by requests to any of its operations.
        labels = [rule.operation] if rule.operation else list(self.operations)
        cases = sum(self._rules[label, place] for label in labels for place in places) + self._answers(rule)
        failures = sum(each.operation in labels and each.rule in places for each in self.failures.values())
        line = self._context.api.document.place(rule.pointer)
        return RuleCoverage(
            rule.id, rule.kind, rule.pointer, rule.at, rule.text, f"{line.path}:{line.line}", cases, failures
        )

    def _answers(self, rule: Rule) -> int:
        """Return how many answers were judged by a rule that is about answers of one status, or of all."""
        operation = self._by_label.get(rule.operation)
        if operation is None or rule.area not in {"response", "header"}:
            return 0
        statuses = self._statuses[rule.operation]
        if rule.kind == "response.status":
            return statuses.total()
        return statuses[rule.at.removeprefix(f"{operation.pointer}/responses/").partition("/")[0]]

    def _add_failure(self, failure: Failure) -> None:
        failure = self._completed(failure)
        title = failure.message.split("\n")[0].split(": expected")[0] if failure.rule == failure.pointer else ""
        key = (failure.operation, failure.check, failure.rule, title)
        known = self.failures.get(key)
        if known is None or len(failure.steps) < len(known.steps):
            self.failures[key] = failure

    def _completed(self, failure: Failure) -> Failure:
        """Return a failure without secrets, and with what its part left to the campaign."""
        failure = _cut(self._context.redactor.failure(failure))
        operation = self._by_label.get(failure.operation)
        pointer = failure.pointer or ("" if operation is None else operation.pointer)
        rule = failure.rule or pointer
        place = self._context.api.document.place(rule)
        last = failure.steps[-1].answer if failure.steps else None
        status = failure.status if failure.status is not None or last is None else last.status
        base = self._context.settings.base_url
        return attrs.evolve(
            failure,
            pointer=pointer,
            rule=rule,
            status=status,
            page=failure.page or ("" if operation is None else operation.page),
            place=failure.place or f"{place.path}:{place.line}",
            curl=failure.curl or (curl.script(base, failure.steps, self._names) if failure.steps else ""),
        )


def _cut(failure: Failure) -> Failure:
    """Return a failure with as much of message and answers as people read; requests stay whole, to be sent again."""
    steps = tuple(
        step
        if step.answer is None or len(step.answer.body) <= _MAX_BODY
        else attrs.evolve(step, answer=attrs.evolve(step.answer, body=step.answer.body[:_MAX_BODY] + b" [cut]"))
        for step in failure.steps
    )
    message = failure.message
    if len(message) > _MAX_MESSAGE:
        message = f"{message[:_MAX_MESSAGE]} …"
    return attrs.evolve(failure, message=message, steps=steps)
