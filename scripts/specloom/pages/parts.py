"""Divide the tokens of a page into parts: which section of the page they stand in, and whose body they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import attrs

from specloom.pages.collecting import Collector
from specloom.pages.facts import EXISTS, REQUEST, Subject
from specloom.pages.readers.layout import Layout, Section
from specloom.pages.tokens import Token
from specloom.pages.type_words import read_type

_STATUS: Final = re.compile(
    r"(?:[^\w\s{}\[\]\"']\ufe0f?\s*)?(?P<code>[1-5]\d\d)\b(?:\s*[-\u2013\u2014:·]?\s*(?P<text>[A-Z][^|{}:]{0,80}))?"
)
_STATUS_RUN_IN: Final = re.compile(r"(?:[^\w\s{}\[\]\"']\ufe0f?\s*)?(?P<code>[1-5]\d\d)(?P<text>[A-Z][^|{}:]{0,80})")
_STATUS_LINE: Final = re.compile(
    r"(?:HTTP/[\d.]{1,3}\s+|status(?: code)?:?\s+)(?P<code>[1-5]\d\d)\b\s*(?P<text>[A-Za-z ]{0,60})", re.IGNORECASE
)
_MEDIA: Final = re.compile(r"(?:application|text|multipart|image|audio|video)/[a-z0-9.+-]{1,80}")
_MEDIA_BEHIND: Final = re.compile(rf"(?P<label>[A-Za-z ]{{1,40}}?):?\s*(?P<media>{_MEDIA.pattern})")
_BESIDE: Final = re.compile(r"[A-Z][A-Za-z]{1,20}(?: [A-Za-z]{1,20}){0,4}")
_PHRASES: Final = {each.value: each.phrase.lower() for each in HTTPStatus}
_RESPONSES: Final = frozenset({"responses", "response", "response-headers", "response-sample"})
_BODIES: Final = _RESPONSES | {"request"}
_EXAMPLE: Final = frozenset({"example:", "examples:", "default:"})


@attrs.define
class Part:
    """Tokens that stand together; `body` names that of the answer or request that they are about (see facts.py)."""

    section: Section
    body: str = ""
    tokens: list[Token] = attrs.field(factory=list)


def divide(found: Sequence[Token], layout: Layout, facts: Collector) -> list[Part]:
    """Return the parts of a page; the statuses and media types that head them become facts."""
    return _Divider(layout, facts, found).divide()


class _Divider:
    def __init__(self, layout: Layout, facts: Collector, found: Sequence[Token]) -> None:
        self._layout = layout
        self._facts = facts
        self._found = found
        self._parts: list[Part] = [Part("intro")]
        self._tabs: list[str] = []  # statuses on buttons that stand side by side above what they show
        self._shown_samples = 0
        self._shown = 0  # how many of them are behind us
        self._unnamed = 0
        self._bodies: list[str] = []  # of the answers that have a media type, in their order
        self._sampled = 0
        self._ahead = _samples_ahead(found)

    def divide(self) -> list[Part]:
        """Walk the tokens once."""
        for at, token in enumerate(self._found):
            if not token.is_text:
                self._sample(at)
            elif not self._is_heading(at):
                self._open_tab()
                self._parts[-1].tokens.append(token)
        return self._parts

    def _is_heading(self, at: int) -> bool:
        """Return whether the token opens a part, or names the media type of one."""
        token = self._found[at]
        if at and self._found[at - 1].words.lower() in _EXAMPLE:
            return False
        section, rest = self._label(at)
        if section is not None:
            self._open(section)
            return not rest or self._media(rest, token)
        return self._status(at) or self._media(token.words, token)

    def _label(self, at: int) -> tuple[Section | None, str]:
        """Return the section that a heading opens, and a media type behind it."""
        words = self._found[at].words
        following = self._found[at + 1].words if at + 1 < len(self._found) else ""
        if words[:1].islower() and read_type(following) is not None:
            return None, ""
        media = _MEDIA_BEHIND.fullmatch(words)
        rest = media["media"] if media else ""
        text = (media["label"] if media else words).rstrip(": ").lower()
        section = self._layout.labels.get(text)
        if section is None and words.lower().startswith("modified at ") and "modified at" in self._layout.labels:
            return "end", ""
        if text == "headers" and self._parts[-1].section not in _RESPONSES:
            return ("header" if section else None), rest
        return section, rest

    def _open(self, section: Section) -> None:
        last = self._parts[-1]
        body = REQUEST if section.startswith("request") else last.body if section in _RESPONSES - {"responses"} else ""
        if section == "request" and last.section in _RESPONSES and last.body:  # a heading that both sides have
            section, body = "response", last.body
        self._parts.append(Part(section, body))

    def _status(self, at: int) -> bool:
        token = self._found[at]
        found = _STATUS_LINE.fullmatch(token.words)
        if found is None and self._parts[-1].section in _RESPONSES:
            found = _STATUS.fullmatch(token.words) or _STATUS_RUN_IN.fullmatch(token.words)
        elif found is None and self._layout.name == "fallback":
            found = _STATUS.fullmatch(token.words)
            if found and (found["text"] or "").strip().lower() != _PHRASES.get(int(found["code"])):
                found = None
        if found is None:
            return False
        code, text = found["code"], (found["text"] or "").strip()
        if not text and at + 1 < len(self._found):
            following = self._found[at + 1].words
            is_beside = self._found[at + 1].line == token.line and _BESIDE.fullmatch(following) is not None
            is_phrase = following.lower() == _PHRASES.get(int(code))
            text = following if is_phrase or (is_beside and self._label(at + 1)[0] is None) else ""
        subject = Subject("status", "", code)
        self._facts.add(subject, EXISTS, True, token.line, self._layout.name)  # noqa: FBT003 - the fact's value
        if text:
            self._facts.add(subject, "text", text, token.line, self._layout.name)
        is_next = at > 0 and token.is_button and self._found[at - 1].is_button
        self._tabs = [*self._tabs, code] if is_next and code not in self._tabs else [code]
        self._shown = self._shown_samples = 0
        self._parts.append(Part("response", code))
        return True

    def _open_tab(self) -> None:
        """Begin the part of the first of several tabs."""
        if len(self._tabs) > 1 and not self._shown:
            self._shown = 1
            self._parts.append(Part("response", self._tabs[0]))

    def _media(self, words: str, token: Token) -> bool:
        last = self._parts[-1]
        if last.section not in _BODIES or _MEDIA.fullmatch(words) is None:
            return False
        if last.section in _RESPONSES and (not last.body or last.body.startswith("response ")):
            self._unnamed += 1
            self._parts.append(Part("response", f"response {self._unnamed}"))
        elif last.section in _RESPONSES and len(self._tabs) > 1 and self._shown < len(self._tabs):
            self._parts.append(Part("response", self._tabs[self._shown]))
            self._shown += 1
        body = self._parts[-1].body
        if self._parts[-1].section in _RESPONSES and body not in self._bodies:
            self._bodies.append(body)
        subject = Subject("media-type", body, words)
        self._facts.add(subject, EXISTS, True, token.line, self._layout.name)  # noqa: FBT003 - the fact's value
        return True

    def _sample(self, at: int) -> None:
        """Give a sample to the body of its part; of answers without a status, to one after the other."""
        token = self._found[at]
        last = self._parts[-1]
        is_last = self._layout.has_samples_last and last.section in _RESPONSES
        if token.curl is None and is_last and self._sampled < len(self._bodies):
            self._parts.append(Part("response-sample", self._bodies[self._sampled], [token]))
            self._sampled += 1
        elif token.curl is None and len(self._tabs) > 1 and self._ahead[at] == len(self._tabs) - self._shown_samples:
            self._parts.append(Part("response-sample", self._tabs[self._shown_samples], [token]))
            self._shown_samples += 1
        else:
            last.tokens.append(token)


def _samples_ahead(found: Sequence[Token]) -> list[int]:
    """Return how many samples there are from each token on to the next curl line."""
    counts: list[int] = []
    for token in reversed(found):
        before = counts[-1] if counts else 0
        counts.append(0 if token.curl is not None else before + (token.sample is not None))
    return counts[::-1]
