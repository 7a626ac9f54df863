"""The layout with pipe tables of parameters and lists of members whose words a capture runs into one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from specloom.pages.capture import Capture
from specloom.pages.readers.layout import NAME, Head, Section, plain_head
from specloom.pages.tokens import Token
from specloom.pages.type_words import read_type

_LABELS: Final = re.compile(
    r"(?:Example request body|Example request|Request sample|Response sample|Response schema:|Example:|Default:|"
    r"(?:Supported|Possible|Allowed) values:)",
    re.IGNORECASE,
)
_MEDIA: Final = re.compile(
    r"application/(?:[a-z0-9.-]+\+)?json(?=[\w<{])|(?:text|application)/(?:plain|xml|csv)(?=[\w<{])"
)
_TYPES: Final = "json-string|string|integer|number|boolean|object|array|null"
# A name, `required`, a type and the first word of a description, without a blank between them.
_INLINE: Final = re.compile(
    rf"(?P<front>.*?[\w\]>])(?P<required>required)?(?P<type>(?:{_TYPES})(?:\[[\w<>-]*\]|<[\w-]+>)?)(?P<after>[A-Z(\"].*)?"
)
_MARKED: Final = re.compile(r"(?P<front>.*[A-Za-z0-9\]>])required")
_TAIL: Final = re.compile(r"(?:(?P<before>.*?[^a-z\s_\[]))?(?P<name>[a-z_$][\w.$\[\]-]*)")
_MAX: Final = 2000
_MAX_NAME: Final = 100


class Docusaurus:
    """Pages made with Docusaurus and a theme for OpenAPI."""

    name = "docusaurus"
    has_samples_last = False
    labels: dict[str, Section] = {  # noqa: RUF012 - a constant
        "endpoint": "operation",
        "request": "intro",
        "authorization": "security",
        "path parameters": "path",
        "query parameters": "query",
        "header parameters": "header",
        "cookie parameters": "cookie",
        "request body schema": "request",
        "request body": "request",
        "body": "request",
        "example request body": "request-sample",
        "example request": "request-sample",
        "request sample": "request-sample",
        "responses": "responses",
        "response headers": "response-headers",
        "response schema": "response",
        "schema": "response",
        "response sample": "response-sample",
    }

    def score(self, capture: Capture, found: Sequence[Token]) -> int:
        """Count schema headings, pipe tables and types run into names."""
        del capture
        words = [token.words for token in found if token.is_text]
        return sum(
            2 * word.lower().startswith(("response schema", "request body schema"))
            + word.startswith("|---")
            + (word in {"Endpoint", "Header Parameters"})
            + bool(_MARKED.fullmatch(word[:200]) and " " not in word)
            for word in words
        )

    def split(self, found: Sequence[Token]) -> list[Token]:
        """Split media types and labels from what a capture ran into them."""
        made: list[Token] = []
        for token in found:
            if not token.is_text or len(token.text) > _MAX or " | " in token.text:
                made.append(token)
                continue
            text = token.text
            media = _MEDIA.match(text)
            if media is not None:
                made.append(attrs.evolve(token, text=media[0]))
                text = text[media.end() :]
            at = 0
            for label in _LABELS.finditer(text):
                made += [attrs.evolve(token, text=text[at : label.start()]), attrs.evolve(token, text=label[0])]
                at = label.end()
            made.append(attrs.evolve(token, text=text[at:]))
        return [token for token in made if not token.is_text or token.words]

    def head(self, found: Sequence[Token], at: int, names: set[str]) -> Head | None:
        """Return the member or parameter that begins at a token."""
        text = found[at].words
        is_value = at > 0 and found[at - 1].words.endswith(":")
        marked = _MARKED.fullmatch(text) if len(text) <= _MAX and text not in names else None
        plain = None if is_value or marked else plain_head(found, at)
        if plain is not None:
            return plain
        if not text or len(text) > _MAX:
            return None
        inline = _INLINE.fullmatch(text)
        if inline is not None:
            front = _split_front(inline["front"], names, is_value=is_value)
            if front is not None:
                return Head(
                    front[1],
                    read_type(inline["type"]),
                    True if inline["required"] else None,
                    before=front[0],
                    after=inline["after"] or "",
                )
        following = found[at + 1].words if at + 1 < len(found) else ""
        type_ = read_type(following)
        if type_ is None:
            return None
        front = _split_front(marked["front"] if marked else text, names, is_value=is_value)
        return front and Head(front[1], type_, True if marked else None, length=2, before=front[0])


def _split_front(text: str, names: set[str], *, is_value: bool) -> tuple[str, str] | None:
    """Return a name at the end of `text` and what was run into its front, such as the value of an example.

    A name that a sample has is taken before one that only looks like a name.
    """
    if not is_value and NAME.fullmatch(text):
        return "", text
    known = next((text[at:] for at in range(max(1, len(text) - _MAX_NAME), len(text)) if text[at:] in names), None)
    if known is not None:
        return text[: -len(known)], known
    tail = _TAIL.fullmatch(text)
    return None if tail is None else (tail["before"] or "", tail["name"])
