"""Read a documentation page: its bytes become facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from specloom.pages.capture import MAX_LINES, Capture, capture
from specloom.pages.collecting import Collector
from specloom.pages.constraints import constraints, looks_like_one, sentences
from specloom.pages.facts import EXISTS, REQUEST, Page, Subject
from specloom.pages.items import Items, gather, is_value_of_item
from specloom.pages.nesting import Nesting
from specloom.pages.operations import is_operation, state_curls, state_operation, state_title
from specloom.pages.parts import Part, divide
from specloom.pages.readers import READERS
from specloom.pages.readers.layout import Layout
from specloom.pages.samples import MAX_FAULTY, Sample, samples
from specloom.pages.sampling import READER, Bodies, Shown
from specloom.pages.security import state_words
from specloom.pages.stating import Stater
from specloom.pages.tokens import MAX_MARKS, Text, Token, tokens
from specloom.pages.type_words import read_type

_PARAMETERS: Final = frozenset({"path", "query", "header", "cookie"})
_MEMBERS: Final = frozenset({"request", "response"})
_SHOWS: Final = frozenset({"request-sample", "response-sample"})


def read_page(content: bytes, charset: str | None = None) -> Page:
    """Return the facts on the page in `content`, HTML or text; `charset` is what an HTTP header said of it.

    Any bytes make a page, if need be one without facts. Raises SpecloomError when there are over capture.MAX_BYTES.
    """
    captured = capture(content, charset)
    text = Text(captured)
    found = tokens(captured, text)
    layout = _choose(captured, found)
    facts = Collector()
    _remark_on_limits(captured, found, facts)
    _Reading(layout, facts, text).read(layout.split(found))
    return Page(facts.facts, facts.remarks, layout.name, captured.digest)


def _choose(captured: Capture, found: Sequence[Token]) -> Layout:
    """Return the layout of which the page has most marks."""
    return max(READERS, key=lambda layout: layout.score(captured, found))


def _remark_on_limits(captured: Capture, found: Sequence[Token], facts: Collector) -> None:
    """Say what of a very long page is left unread."""
    last = captured.lines[-1].number if captured.lines else 0
    faulty = sum(token.sample.end - token.sample.start for token in found if token.sample and token.sample.fault)
    for is_reached, reason in (
        (len(captured.lines) >= MAX_LINES, f"a page is read to its line {MAX_LINES} that is not blank"),
        (
            sum(not token.is_text for token in found) >= MAX_MARKS,
            f"{MAX_MARKS} samples and curl lines are read of a page",
        ),
        (faulty >= MAX_FAULTY, f"{MAX_FAULTY} characters of samples that are not JSON are read of a page"),
    ):
        if is_reached:
            facts.remark(last, "the rest of the page", reason)


class _Reading:
    """Reads the tokens of one page."""

    def __init__(self, layout: Layout, facts: Collector, text: Text) -> None:
        self._layout = layout
        self._facts = facts
        self._text = text
        self._stater = Stater(facts, layout.name)
        self._bodies = Bodies()
        self._counts: Counter[str] = Counter()
        self._texts: list[tuple[str, int]] = []

    def read(self, found: list[Token]) -> None:
        """State everything: first what tells the rest where it belongs."""
        operation = state_operation(found, self._facts, self._layout.name)
        title = state_title(found, operation, frozenset(self._layout.labels), self._facts, self._layout.name)
        parts = divide(found[title + 1 :], self._layout, self._facts)
        for part in parts:
            self._samples(part)
        nestings: dict[str, Nesting] = {}
        for part in parts:
            if part.body not in nestings:
                nestings[part.body] = Nesting(self._bodies.paths(part.body))
            self._part(part, nestings[part.body])
        state_curls(found, self._facts)
        self._bodies.state(self._facts)
        self._prose()

    def _samples(self, part: Part) -> None:
        """State the samples of a part; the body of a curl line is one of the request."""
        for at, token in enumerate(part.tokens):
            if token.curl is not None:
                for sample in samples(token.curl.body or ""):
                    self._sample(REQUEST, sample, token.curl.start, token.curl.end, token.line)
            elif token.sample is not None and not is_value_of_item(part.tokens, at):
                self._sample(part.body, token.sample, token.sample.start, token.sample.end, token.line)

    def _sample(self, body: str, sample: Sample, start: int, end: int, line: int) -> None:
        subject = Subject("sample", body, str(self._counts[body]))
        self._counts[body] += 1
        self._facts.add(subject, "value", sample.value, line, READER)
        if sample.fault is not None:
            self._facts.add(subject, "fault", sample.fault, line, READER)
        if body:
            self._bodies.add(Shown(body, sample.value, sample.fault, self._text, start, end))

    def _part(self, part: Part, nesting: Nesting) -> None:
        """State what a part says."""
        if part.section in _SHOWS or part.section == "end":
            return
        if part.section == "security":
            state_words([(token.words, token.line) for token in part.tokens], self._facts, self._layout.name)
            return
        items = gather(part.tokens, self._layout, nesting.names)
        for status, text, line in items.statuses:
            self._facts.add(Subject("status", "", status), EXISTS, True, line, self._layout.name)  # noqa: FBT003
            self._facts.add(Subject("status", "", status), "text", text, line, self._layout.name)
        if part.section in _PARAMETERS:
            self._stater.parameters(part.section, items)
            self._headers_that_tell_more(part.section, items)
        elif part.section == "response-headers":
            self._stater.headers(part.body, items)
        elif part.section in _MEMBERS and part.body:
            self._stater.members(part.body, items, nesting)
        else:
            for item in items.items:
                self._facts.remark(item.line, item.head.name, "not understood: neither a parameter nor a member")
        self._texts += items.text

    def _headers_that_tell_more(self, place: str, items: Items) -> None:
        """State the credentials and the media type that a table of headers shows."""
        for item in items.items if place == "header" else ():
            examples = [(str(value), line) for value, line in item.examples]
            if item.head.name.lower() == "authorization":
                state_words([*examples, *item.text], self._facts, self._layout.name)
            elif item.head.name.lower() == "content-type":
                for value, line in examples[:1]:
                    self._facts.add(Subject("media-type", REQUEST, value), EXISTS, True, line, self._layout.name)  # noqa: FBT003

    def _prose(self) -> None:
        """State which of two parameters must be given; remark on other sentences that seem to state something."""
        for text, line in ((text, line) for text, line in self._texts if not is_operation(text)):
            for sentence in sentences(text):
                said = [each for each in constraints(sentence) if each.attribute == "either"]
                subjects = self._named([name for each in said for name in each.value])
                for subject in subjects:
                    self._facts.add(subject, "either", said[0].value, line, self._layout.name)
                if not subjects and (looks_like_one(sentence) or read_type(sentence) is not None):
                    self._facts.remark(line, sentence, "not understood")

    def _named(self, names: Sequence[str]) -> list[Subject]:
        """Return the parameters that are called so."""
        subjects = [Subject("parameter", place, name) for name in names for place in sorted(_PARAMETERS)]
        return [subject for subject in subjects if self._facts.get(subject, EXISTS)]
