"""The facts of the pages that a spec was written from, as specs/<api>/pages.yaml keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, get_args

import attrs

from specloom.pages.facts import EXISTS, Fact, Kind, Subject
from specloom.pages.paths import read_path
from specloom.spec import Document, load
from specloom.spec import pointer as json_pointer

NAME: Final = "pages.yaml"
"""Name of the file in the folder of an API."""

# Kinds of facts that stand somewhere: in a part of the request, in a body, under a status.
_WITH_WHERE: Final = frozenset({"parameter", "media-type", "member", "header", "sample"})
_KINDS: Final = frozenset(get_args(Kind))

# Types of the values of attributes, where not any JSON will do.
_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    **dict.fromkeys(("enum", "sample", "either"), list),
    **dict.fromkeys(("type", "sample-type"), (str, list)),
    **dict.fromkeys(("text", "method", "url", "in-sample", "fault"), str),
    **dict.fromkeys(("condition", "headers"), dict),
    **dict.fromkeys(("required", "nullable"), bool),
    "member-count": int,
}


@attrs.frozen
class LockedPage:
    """A page as it was when its facts were locked; `facts` is None before that.

    `captured` is the date of the capture (YYYY-MM-DD), `digest` the SHA-256 of its words, `url` where it is published.
    """

    title: str
    operation: str
    pointer: str
    url: str | None = None
    captured: str | None = None
    digest: str | None = None
    facts: tuple[Fact, ...] | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Elsewhere:
    """What a spec says and none of its pages: all at or below `at`, a pointer into the spec; `source` says who does."""

    at: str
    source: str
    pointer: str


@attrs.frozen
class Lock:
    """The content of a pages.yaml."""

    document: Document = attrs.field(repr=False)
    pages: tuple[LockedPage, ...]
    elsewhere: tuple[Elsewhere, ...] = ()

    def page(self, operation: str) -> LockedPage | None:
        """Return the page of an operation, such as `POST /orders/{id}/cancel`; None when there is none."""
        return next((page for page in self.pages if page.operation == operation), None)


def read_lock(path: Path) -> Lock:
    """Read a pages.yaml. Raises SpecloomError when it cannot be read or is not what this module writes."""
    document = load(path)
    listed = _member(document, "", document.data, "pages", list)
    pages = tuple(_page(document, f"/pages/{index}", value) for index, value in enumerate(listed or ()))
    others = _member(document, "", document.data, "elsewhere", list)
    elsewhere = tuple(_elsewhere(document, f"/elsewhere/{index}", value) for index, value in enumerate(others or ()))
    return Lock(document, pages, elsewhere)


def nested(facts: Iterable[Fact]) -> dict[str, Any]:
    """Return facts as pages.yaml has them: by kind, where (for kinds that have it), name and attribute.

    That something exists is said by its being there.
    """
    found: dict[str, Any] = {}
    for fact in facts:
        holder = found
        for token in _tokens(fact.subject):
            holder = holder.setdefault(token, {})
        if fact.attribute != EXISTS:
            holder[fact.attribute] = fact.value
    return found


def _tokens(subject: Subject) -> list[str]:
    if subject.kind == "title":
        return [subject.kind]
    return [subject.kind, subject.where, subject.name] if subject.kind in _WITH_WHERE else [subject.kind, subject.name]


def _page(document: Document, pointer: str, value: Any) -> LockedPage:
    texts = {name: _member(document, pointer, value, name, str) for name in ("url", "captured", "sha256")}
    facts = _member(document, pointer, value, "facts", dict)
    return LockedPage(
        _needed(document, pointer, value, "title"),
        _needed(document, pointer, value, "operation"),
        pointer,
        texts["url"],
        texts["captured"],
        texts["sha256"],
        None if facts is None else tuple(_facts(document, f"{pointer}/facts", facts)),
    )


def _elsewhere(document: Document, pointer: str, value: Any) -> Elsewhere:
    return Elsewhere(_needed(document, pointer, value, "at"), _needed(document, pointer, value, "source"), pointer)


def _facts(document: Document, pointer: str, value: Mapping[str, Any]) -> Iterable[Fact]:
    for kind in value:
        if kind not in _KINDS:
            remedy = f"write one of {', '.join(sorted(_KINDS))}"
            raise document.error(f"there are no facts of the kind {kind!r}", pointer, remedy)
        inner = f"{pointer}{json_pointer.join(kind)}"
        holders = _member(document, pointer, value, kind, dict)
        if kind == "title":
            yield from _attributes(document, inner, Subject("title"), holders)
        elif kind in _WITH_WHERE:
            for where in holders:
                names = _member(document, inner, holders, where, dict)
                for name in names:
                    at = f"{inner}{json_pointer.join(where)}"
                    held = _member(document, at, names, name, dict)
                    yield from _attributes(document, at, Subject(kind, where, name), held)  # type: ignore[arg-type]
        else:
            for name in holders:
                held = _member(document, inner, holders, name, dict)
                yield from _attributes(document, inner, Subject(kind, name=name), held)  # type: ignore[arg-type]


def _attributes(document: Document, pointer: str, subject: Subject, value: Mapping[str, Any]) -> Iterable[Fact]:
    at = pointer + json_pointer.join(subject.name)
    if subject.kind == "member":
        try:
            read_path(subject.name)
        except ValueError as error:
            raise document.error(str(error), at, "write a path such as $.orders[].order_id") from None
    line = document.line(at)
    if subject.kind != "title":
        yield Fact(subject, EXISTS, value=True, line=line)
    for attribute, each in value.items():
        kinds = _TYPES.get(attribute)
        if kinds is not None and not isinstance(each, kinds):
            remedy = "lock the page again, or write what `specloom pages read` prints"
            raise document.error(f"{attribute} cannot be {each!r}", at, remedy)
        yield Fact(subject, attribute, each, line)


def _needed(document: Document, pointer: str, value: Any, name: str) -> str:
    found: str | None = _member(document, pointer, value, name, str)
    if not found:
        raise document.error(f"there is no {name}", pointer, f"add the member {name}")
    return found


def _member(document: Document, pointer: str, value: Any, name: str, kind: type[Any]) -> Any:
    """Return a member of an object, or None; raise SpecloomError when it has another type."""
    words = "text" if kind is str else "a list" if kind is list else "an object"
    if not isinstance(value, dict):
        raise document.error("not an object", pointer, "write members by name")
    found = value.get(name)
    if found is not None and not isinstance(found, kind):
        raise document.error(f"{name} is not {words}", pointer + json_pointer.join(name), f"write {words}")
    if found is None and kind is dict and name in value:
        return {}
    return found
