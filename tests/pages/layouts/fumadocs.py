"""Pages that mark names with * and ?, and show no members of answers, as Fumadocs makes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from tests.pages.layouts.documented import SCALARS, Documented, Member, Shape
from tests.pages.layouts.wording import path_of, sample, says, written

NAME = "fumadocs"


def text(page: Documented) -> str:
    """Return what a capture leaves: samples on one line, one behind the other, and no statuses."""
    lines = ["Boxes", page.title, "Does something to boxes.", "Does something to boxes."]
    lines += ["AuthorizationBearer <token>", "In: header"]
    for place in ("path", "query", "header"):
        if page.placed(place):
            lines.append(f"{place.capitalize()} Parameters")
            lines += [line for member in page.placed(place) for line in _text(member)]
    if page.request is not None:
        lines += ["Request Body", "application/json"]
        lines += [line for member in page.request.members for line in _text(member)]
        lines += ["TypeScript Definitions", "Use the request body type in TypeScript."]
    shown = [answer.body for answer in page.answers if answer.body is not None]
    lines += ["Response Body", *("application/json" for _ in shown)]
    lines.append(" ".join(_curl(page).split("\n")) + "".join(json.dumps(body.sample()) for body in shown))
    return "\n".join([*lines, ""])


def html(page: Documented) -> str:
    """Return the page as the site sends it."""
    made = f"<h1>{escape(page.title)}</h1><p>Does something to boxes.</p>\n"
    made += f"<div><span>{page.method}</span><code>{escape(page.path)}</code></div>"
    made += "<div><code>Authorization</code><span>Bearer &lt;token&gt;</span></div><p>In: <code>header</code></p>"
    for place in ("path", "query", "header"):
        if page.placed(place):
            made += f"<h2>{place.capitalize()} Parameters</h2>" + "".join(_div(each) for each in page.placed(place))
    if page.request is not None:
        made += "<h2>Request Body</h2><p>application/json</p>\n"
        made += "".join(_div(member) for member in page.request.members)
        made += "<div><p>TypeScript Definitions</p><p>Use the request body type in TypeScript.</p></div>"
    made += "<h2>Response Body</h2>"
    for answer in page.answers:
        made += f"<h3>{answer.status}</h3>" + ("" if answer.body is None else "<p>application/json</p>\n")
    made += f"<pre>{escape(_curl(page))}</pre>\n"
    for answer in page.answers:
        if answer.body is not None:
            shown = escape(sample(answer.body), quote=False)
            made += f"<div role='tabpanel'><h4>{answer.status}</h4><pre>{shown}</pre></div>\n"
    return f"<!doctype html>\n<html><head><title>Boxes</title></head><body><article>{made}</article></body></html>"


def _type(shape: Shape) -> str:
    word = shape.type if shape.items is None else f"array<{shape.items.type}>"
    return f"{word} | null" if shape.is_nullable else word


def _words(member: Member) -> Iterator[str]:
    yield from (sentence for sentence in says(member) if sentence != "May be null.")
    if member.shape.enum:
        yield f"One of {', '.join(member.shape.enum)}."
    if member.shape.type in SCALARS:
        yield "Example:"
        yield written(member.shape.example)


def _text(member: Member) -> Iterator[str]:
    yield f"{member.name}{'*' if member.is_required else '?'}{_type(member.shape)}"
    yield from _words(member)
    for inner in member.shape.inside:
        yield from _text(inner)


def _div(member: Member) -> str:
    mark = "*" if member.is_required else "?"
    head = f"<span>{member.name}</span><span>{mark}</span><code>{escape(_type(member.shape))}</code>"
    words = "".join(f"<p>{escape(each)}</p>" for each in _words(member))
    inside = "".join(_div(inner) for inner in member.shape.inside)
    return f"<div class='row'><div>{head}</div>{words}<div>{inside}</div></div>\n"


def _curl(page: Documented) -> str:
    path = path_of(page, "string")
    made = f'curl -X {page.method} "https://example.com{path}"'
    for member in page.placed("header"):
        made += f' \\\n -H "{member.name}: {written(member.shape.example)}"'
    if page.request is not None:
        made += f" \\\n -H \"Content-Type: application/json\" \\\n -d '{json.dumps(page.request.sample())}'"
    return made
