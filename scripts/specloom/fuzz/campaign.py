"""Keep the state of a campaign: write live records into its requests, reset between cases, judge the answers."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final

import attrs

from specloom.fuzz import exchange
from specloom.fuzz.control import ControlPlane
from specloom.fuzz.exchange import Answer, Sent
from specloom.fuzz.expecting import is_certain, refusal
from specloom.fuzz.live import LiveRecords, Parts, Record, Splicer
from specloom.fuzz.scope import items, matched, member
from specloom.fuzz.targets import Supply
from specloom.fuzz.wire import NoAnswerError
from specloom.spec import Api, Operation
from specloom.spec.behaviour import Outcome
from specloom.spec.equality import equal

_SPLICED_SHARE: Final = 0.8
_WITHIN_SHARE: Final = 0.8
_REPEATED_SHARE: Final = 0.5


@attrs.frozen
class Note:
    """What a request was judged by: statuses its answer may have; the answer to its repetition if that is at fault."""

    statuses: tuple[str, ...]
    fields: tuple[str, ...]
    repeated: Answer | None
    repeated_statuses: tuple[str, ...]


class Campaign:
    """The state of one campaign against one server."""

    def __init__(self, api: Api, control: ControlPlane, supply: Supply, tenant: str, seed: int) -> None:
        """Take the API, its control plane, the records to act on, and the tenant whose credential is used."""
        self.repeated: set[str] = set()
        self._notes: dict[str, Note] = {}
        self._api = api
        self._control = control
        self._seed = seed
        schemas = api.schemas
        self._operations = {operation.label: operation for operation in api.operations}
        self._splicers = {label: Splicer(api, each, schemas) for label, each in self._operations.items()}
        self._records = LiveRecords(api, control, supply, tenant)
        self._sent: dict[str, Sent] = {}
        self._is_judged = True
        # Records that were acted on since the last reset, each by kind, pointer of a key, and value.
        self._used: set[tuple[str, str, str]] = set()
        self._is_stateful = False
        self._changed = True
        self._digest: Any = None

    def operation(self, label: str) -> Operation:
        """Return the operation with this method and path."""
        return self._operations[label]

    def prepare(  # noqa: PLR0913 - what a case is made of
        self, case: str, label: str, parts: Parts, wrong: frozenset[str], *, stateful: bool, probe: bool, valid: bool
    ) -> Parts:
        """Return the parts of a request with live records in them, and note what its outcome must be.

        `wrong` names the locations that are wrong on purpose; a probe is malformed beyond what a spec describes.
        """
        if not self._is_judged:
            self._forget()
        self._settle(stateful=stateful)
        operation, splicer = self._operations[label], self._splicers[label]
        random = self._random(label, parts)
        expected: Outcome | None = None
        if operation.transition is not None and not probe:
            if stateful and self._is_used(operation, parts):
                expected = self._again(operation, parts) if valid else None
            else:
                live = None
                if wrong or random.random() < _SPLICED_SHARE:
                    within = random.random() < _WITHIN_SHARE
                    live = splicer.splice(parts, self._live(operation), random, wrong, within=within)
                if live is not None and (wrong or not splicer.faults(live)):
                    parts = live
                    expected = "success" if valid else None
                if wrong or valid:
                    expected = self._refusal(operation, parts, wrong) or expected
        self._sent, self._is_judged = {case: Sent(operation, parts, expected, probe)}, False
        return parts

    def _refusal(self, operation: Operation, parts: Parts, wrong: frozenset[str]) -> Outcome | None:
        """Return the outcome of a request that has to be refused; None when it has not, or that cannot be told.

        What is wrong with a path may lead elsewhere, and what is wrong with headers may be a missing credential.
        """
        if wrong - {"body", "query"}:
            return None
        faults = self._splicers[operation.label].faults(parts)
        if faults:
            certain = all(is_certain(operation, location, place, parts) for location, place in faults)
            return "invalid" if wrong and certain else None
        scope = Sent(operation, parts, None, is_probe=False).scope
        return None if wrong else refusal(operation, scope, lambda given: self._records.find(operation, given))

    def is_valid(self, case: str) -> bool:
        """Say whether the request last prepared, as it was sent, is valid by the schemas of the spec.

        Schemathesis takes the text of a parameter that a link gave for wrong where its schema wants an integer.
        """
        sent = self._sent.get(case)
        return sent is not None and not sent.is_probe and not self._splicers[sent.operation.label].faults(sent.parts)

    def judge(self, case: str, answer: Answer, repeat: Callable[[], Answer]) -> dict[str, str]:
        """Return what is wrong with the answer to a request, by name of the check; `repeat` sends it once more.

        The check `answered` is about the repetition alone.
        """
        sent = self._sent.get(case)
        if sent is None:
            return {}
        self._is_judged = True
        operation, again = sent.operation, None
        kind = None if operation.transition is None else self._api.records[operation.transition.record]
        success = exchange.is_success(operation, answer.status)
        found = {
            "documented_outcome": exchange.wrong_outcome(sent, answer),
            "fault_located": exchange.unlocated_fault(sent, answer, self._splicers[operation.label]),
        }
        if success:
            self._changed = True
            records = self._moved(sent)
            found["documented_outcome"] = found["documented_outcome"] or exchange.unmoved(operation, kind, records)
            record = records[0] if records and not self._is_batch(operation) else None
            found["documented_ensures"] = exchange.broken_ensures(sent, answer, record)
            self._used |= self._names(operation, sent.parts)
            if self._is_stateful:
                self._digest = self._control.digest() if self._control.available else None
            elif sent.expected == "success" and self._random("again", sent.parts).random() < _REPEATED_SHARE:
                self.repeated.add(case)
                second = Sent(operation, sent.parts, "wrong-state", is_probe=False)
                try:
                    answer_again = repeat()
                except NoAnswerError as error:
                    found["answered"] = error.message
                else:
                    message = exchange.wrong_outcome(second, answer_again)
                    if message and not found["documented_outcome"]:
                        found["documented_outcome"], again = message, answer_again
        else:
            found["unchanged_after_refusal"] = self._change(answer)
        wrong = {name: message for name, message in found.items() if message}
        if wrong:
            faults = self._splicers[operation.label].faults(sent.parts) if "fault_located" in wrong else set()
            self._notes[case] = Note(
                _statuses(operation, sent.expected),
                tuple(sorted(".".join(place) for _, place in faults)),
                again,
                _statuses(operation, "wrong-state"),
            )
        return wrong

    def note(self, case: str) -> Note | None:
        """Return what a request was judged by that one of our own checks found at fault."""
        return self._notes.get(case)

    def _forget(self) -> None:
        """Note that nobody knows what the last request has changed: it, or one that judges it, had no whole answer."""
        self._changed = True
        for sent in self._sent.values():
            self._used |= self._names(sent.operation, sent.parts)
        if self._is_stateful and self._control.available:
            self._digest = self._control.digest()

    def _random(self, label: str, parts: Parts) -> Random:
        """Return a source of chance that depends on the seed and the request alone, so that a replay meets the same."""
        content = repr((self._seed, label, parts.path, parts.query, parts.body))
        return Random(zlib.crc32(content.encode("utf-8", "surrogatepass")))  # noqa: S311 - nothing secret

    def _settle(self, *, stateful: bool) -> None:
        """Reset before a case when records were changed; inside a run of the state machine, never."""
        if not self._control.available or (stateful and self._is_stateful):
            return
        if self._changed or stateful != self._is_stateful:
            self._control.reset()
            self._digest = self._control.digest()
            self._used.clear()
            self._changed = False
        self._is_stateful = stateful

    def _live(self, operation: Operation) -> list[dict[str, Any]]:
        """Return the records that `operation` can act on and that no request has acted on since the last reset."""
        records = self._records.of(operation)
        if operation.transition is None or not self._used:
            return records
        kind = self._api.records[operation.transition.record]
        return [
            record
            for record in records
            if not any((kind.name, key, repr(member(record, key))) in self._used for key in kind.keys)
        ]

    def _change(self, answer: Answer) -> str | None:
        """Say that a refusal changed a record."""
        if not self._control.available:
            return None
        digest = self._control.digest()
        if digest == self._digest:
            return None
        kinds = ", ".join(kind for kind in digest if digest[kind] != (self._digest or {}).get(kind))
        self._digest, self._changed = digest, True
        return f"the request was refused with {answer.status}, and yet records changed: {kinds}"

    def _moved(self, sent: Sent) -> list[Record]:
        """Return the first and the last record that a success has moved, as they are now; none when that is not known.

        The rest of a batch would take a request each.
        """
        scopes = items(sent.operation, sent.scope)
        given = [matched(sent.operation, scope) for scope in scopes[:1] + scopes[1:][-1:]]
        found = [self._records.read(sent.operation, members) for members in given]
        return [record for record in found if record is not None]

    def _is_batch(self, operation: Operation) -> bool:
        return operation.transition is not None and operation.transition.each is not None

    def _names(self, operation: Operation, parts: Parts) -> set[tuple[str, str, str]]:
        """Return the records that a request names by a key."""
        if operation.transition is None:
            return set()
        kind = self._api.records[operation.transition.record]
        scope = Sent(operation, parts, None, is_probe=False).scope
        found: set[tuple[str, str, str]] = set()
        for item in items(operation, scope):
            given: Mapping[str, Any] = matched(operation, item)
            found |= {(kind.name, key, repr(given[key])) for key in kind.keys if key in given}
        return found

    def _is_used(self, operation: Operation, parts: Parts) -> bool:
        names = self._names(operation, parts)
        return bool(names) and names <= self._used

    def _again(self, operation: Operation, parts: Parts) -> Outcome | None:
        """Return the outcome of a second call for records that were acted on; None when it cannot be told."""
        if not self._control.available or self._splicers[operation.label].faults(parts):
            return None
        for item in items(operation, Sent(operation, parts, None, is_probe=False).scope):
            given = matched(operation, item)
            record = self._records.read(operation, given)
            if record is None or not all(equal(member(record, pointer), given[pointer]) for pointer in given):
                return "unknown-record"
        return "wrong-state"


def _statuses(operation: Operation, outcome: Outcome | None) -> tuple[str, ...]:
    answer = None if outcome is None else operation.answers.get(outcome)
    return () if answer is None else (answer.status,)
