"""Pages that give each name, type and mark a line of its own, as Apidog makes them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tests.pages.layouts.documented import SCALARS, Documented, Member, Shape
from tests.pages.layouts.wording import path_of, sample, says, written

NAME = "apidog"
_COLOURS = {"2": "🟢", "4": "🟠", "5": "🔴"}
_LANGUAGES = ("Shell", "JavaScript", "Java", "Swift", "Go", "PHP", "Python", "HTTP")
_AUTHORIZATION = ("Authorization", "Send your bearer token along.", "Example:", "Authorization: Bearer ********")


def text(page: Documented) -> str:
    """Return what a capture leaves: one line for each element, without the nesting."""
    lines = [page.title, page.method, page.path, "Request", *_AUTHORIZATION]
    for place in ("path", "query", "header"):
        if page.placed(place):
            lines.append(f"{place.capitalize()} Params")
            lines += [line for member in page.placed(place) for line in _head(member)]
    if page.request is not None:
        lines += ["Body Params application/json", *_text(page.request), "Example", sample(page.request)]
    lines += ["Request samples", *_LANGUAGES, "Request Request Example", *_LANGUAGES[:4], _curl(page), "Responses"]
    for answer in page.answers:
        lines.append(f"{_COLOURS[answer.status[0]]}{answer.status}{answer.text}")
        if answer.body is not None:
            lines += ["application/json", "Body", *_text(answer.body), "Example", sample(answer.body)]
    return "\n".join([*lines, "Modified at 2025-01-02 03:04:05", ""])


def html(page: Documented) -> str:
    """Return the page as the site sends it."""
    made = f"<h1>{escape(page.title)}</h1>\n<div><span>{page.method}</span><span>{escape(page.path)}</span></div>"
    made += "<h2>Request</h2>" + _divs(_AUTHORIZATION)
    for place in ("path", "query", "header"):
        if page.placed(place):
            made += f"<h3>{place.capitalize()} Params</h3>" + "".join(_div(each) for each in page.placed(place))
    if page.request is not None:
        made += f"<h3>Body Params <span>application/json</span></h3>{_tree(page.request)}{_example(page.request)}"
    made += f"<h3>Request samples</h3><div>{''.join(f'<button>{each}</button>' for each in _LANGUAGES)}</div>"
    made += f"<h3>Request Request Example</h3><pre>{escape(_curl(page))}</pre>\n<h2>Responses</h2>"
    for answer in page.answers:
        made += f"<div><span>{_COLOURS[answer.status[0]]}</span><span>{answer.status}</span><span>{answer.text}</span>"
        if answer.body is not None:
            made += f"<div>application/json</div><h4>Body</h4>{_tree(answer.body)}{_example(answer.body)}"
        made += "</div>\n"
    made += "<div>Modified at 2025-01-02 03:04:05</div>"
    return f"<!doctype html>\n<html><head><style>p {{}}</style></head><body><main>{made}</main></body></html>"


def _type(shape: Shape) -> str:
    word = "enum<string>" if shape.enum else shape.type
    if shape.items is not None:
        inner = f"object {{{len(shape.items.members)}}}" if shape.items.type == "object" else shape.items.type
        word = f"array [{inner}]" if shape.items.type == "object" else f"array[{inner}]"
    return f"{word} or null" if shape.is_nullable else word


def _head(member: Member) -> Iterator[str]:
    yield member.name
    yield _type(member.shape)
    yield "required" if member.is_required else "optional"
    for sentence in says(member):
        if sentence != "May be null.":  # the type says it
            yield sentence
    if member.shape.enum:
        yield "Allowed values:"
        yield from member.shape.enum
    if member.shape.type in SCALARS:
        yield "Example:"
        yield written(member.shape.example)


def _text(shape: Shape) -> Iterator[str]:
    for member in shape.inside:
        yield from _head(member)
        yield from _text(member.shape)


def _divs(lines: tuple[str, ...]) -> str:
    return "".join(f"<div>{escape(line)}</div>" for line in lines)


def _div(member: Member) -> str:
    name, kind, mark, *rest = _head(member)
    spans = "".join(f"<span>{escape(each)}</span>" for each in (name, kind, mark))
    return f"<div class='row'><div>{spans}</div>{_divs(tuple(rest))}</div>\n"


def _tree(shape: Shape) -> str:
    rows = "".join(f"{_div(member)}{_tree(member.shape)}" for member in shape.inside)
    return f"<div class='inside'>{rows}</div>" if rows else ""


def _example(shape: Shape) -> str:
    return f"<div>Example</div><pre>{escape(sample(shape), quote=False)}</pre>"


def _curl(page: Documented) -> str:
    made = f"curl --location --request {page.method} '{page.server}{path_of(page)}'"
    for member in page.placed("header"):
        made += f" \\\n--header '{member.name};'"
    made += " \\\n--header 'Authorization: Bearer <token>'"
    if page.request is not None:
        made += f" \\\n--header 'Content-Type: application/json' \\\n--data-raw '{sample(page.request)}'"
    return made
