"""Read which credentials a page asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from specloom.pages.collecting import Collector
from specloom.pages.curl import Curl
from specloom.pages.facts import EXISTS, Subject

_BEARER: Final = re.compile(r"\bbearer\b", re.IGNORECASE)
_BASIC: Final = re.compile(r"\bbasic\b", re.IGNORECASE)
_JWT: Final = re.compile(r"\bJWT\b")
_KEY_HEADER: Final = re.compile(r"(?:x-)?[a-z-]{0,30}(?:api|auth|access)-?(?:key|token)", re.IGNORECASE)
_IN: Final = re.compile(r"\bin:?\s+(header|query|cookie)\b", re.IGNORECASE)


def state_words(words: Iterable[tuple[str, int]], facts: Collector, reader: str) -> bool:
    """State the credentials that words (text, line) name; return whether there were any."""
    kept = list(words)
    found = False
    place = next((match[1].lower() for text, _ in kept if (match := _IN.search(text))), "header")
    for text, line in kept:
        for name, pattern in (("bearer", _BEARER), ("basic", _BASIC)):
            if pattern.search(text):
                facts.add(Subject("security", "", name), EXISTS, True, line, reader)  # noqa: FBT003 - the fact's value
                found = True
                if name == "bearer" and _JWT.search(text):
                    facts.add(Subject("security", "", name), "format", "JWT", line, reader)
        key = _KEY_HEADER.fullmatch(text.split("<")[0].strip())
        if key is not None:
            subject = Subject("security", "", f"apiKey {place} {key[0]}")
            facts.add(subject, EXISTS, True, line, reader)  # noqa: FBT003 - the fact's value
            found = True
    return found


def state_curl(curl: Curl, line: int, facts: Collector, reader: str) -> None:
    """State the credentials that a curl line sends."""
    if curl.user is not None:
        facts.add(Subject("security", "", "basic"), EXISTS, True, line, reader)  # noqa: FBT003 - the fact's value
    for name, value in curl.headers:
        if name.lower() == "authorization" and value:
            state_words([(value, line)], facts, reader)
        elif _KEY_HEADER.fullmatch(name):
            subject = Subject("security", "", f"apiKey header {name}")
            facts.add(subject, EXISTS, True, line, reader)  # noqa: FBT003 - the fact's value
