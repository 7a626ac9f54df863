"""Pages with pipe tables of parameters and lists of members, as Docusaurus makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from tests.pages.layouts.documented import SCALARS, Documented, Member, Shape
from tests.pages.layouts.wording import path_of, sample, says, written

NAME = "docusaurus"
_COLUMNS = ("Parameter", "Type", "Required", "Example", "Description")


def text(page: Documented) -> str:
    """Return what a capture leaves: the words of neighbouring elements run into one another."""
    lines = [page.title, "Does something to boxes.", "Endpoint", f"{page.method} {page.path}", "Request"]
    for heading, members in _tables(page):
        lines += [heading, f"| {' | '.join(_COLUMNS)} |", "|---|---|---|---|---|"]
        lines += [f"{' | '.join(_cells(member))} |" for member in members]
    made = "\n".join(lines) + "\n"
    if page.request is not None:
        made += f"Request Body Schema\napplication/json\n{''.join(_text(page.request))}"
    made += f"Example request\n{_curl(page)}\nResponses\n"
    for answer in page.answers:
        made += f"{answer.status} {answer.text}\n" * 2
        if answer.body is not None:
            made += f"Response schema:\napplication/json{''.join(_text(answer.body))}"
            made += f"Response sample\n{sample(answer.body)}\n"
    return made


def html(page: Documented) -> str:
    """Return the page as the site sends it."""
    made = f"<h1>{escape(page.title)}</h1><p>Does something to boxes.</p>\n<h2>Endpoint</h2>"
    made += f"<pre>{page.method} {escape(page.path)}</pre>\n<h2>Request</h2>"
    for heading, members in _tables(page):
        made += f"<h3>{heading}</h3>\n<table><thead>{_row('th', _COLUMNS)}</thead><tbody>"
        made += "\n".join(_row("td", _cells(member)) for member in members) + "</tbody></table>"
    if page.request is not None:
        made += f"<h3>Request Body Schema</h3><span>application/json</span>\n{_list(page.request)}"
    made += f"<h3>Example request</h3><pre><code>{escape(_curl(page))}</code></pre>\n<h2>Responses</h2>"
    for answer in page.answers:
        made += f"<section><h3>{answer.status} {answer.text}</h3>"
        if answer.body is not None:
            made += f"<p>Response schema:</p><span>application/json</span>\n{_list(answer.body)}"
            made += f"<h4>Response sample</h4><pre><code>{escape(sample(answer.body), quote=False)}</code></pre>"
        made += "</section>\n"
    head = "<!doctype html>\n<html><head><title>Boxes</title><script>var a = {};</script></head>"
    return f"{head}<body><nav><a href='/'>Home</a></nav><main>{made}</main><footer>Made up.</footer></body></html>"


def _tables(page: Documented) -> Iterator[tuple[str, list[Member]]]:
    token = Member("Authorization", Shape("string", "Bearer YOUR_TOKEN"), is_required=True, words="Who calls.")
    media = Member("Content-Type", Shape("string", "application/json"), is_required=True, words="What comes.")
    yield "Header Parameters", [token, *([media] if page.request is not None else []), *page.placed("header")]
    for place in ("path", "query"):
        if page.placed(place):
            yield f"{place.capitalize()} Parameters", list(page.placed(place))


def _cells(member: Member) -> list[str]:
    required = "Yes" if member.is_required else "No"
    limits = " ".join(says(member))
    if member.shape.enum:
        limits += f" One of {', '.join(member.shape.enum)}."
    return [member.name, member.shape.type, required, written(member.shape.example), limits]


def _row(tag: str, row: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"


def _type(shape: Shape) -> str:
    """Return the word for a type; of what is nested, it does not say whether it is an object or an array."""
    if shape.items is not None and shape.items.type in SCALARS:
        return f"array[{shape.items.type}]"
    return shape.type if shape.type in SCALARS else "json-string"


def _text(shape: Shape) -> Iterator[str]:
    for member in shape.inside:
        mark = "required" if member.is_required else ""
        words = list(says(member))
        if member.shape.type in SCALARS:
            yield f"{member.name}{mark}\n{member.shape.type}\n" + "\n".join(words)
            yield f"\nExample:\n{written(member.shape.example)}"
            if member.shape.enum:
                rows = "".join(f"{value} | One of them. |\n" for value in member.shape.enum)
                yield f"Supported values:\n| Value | Description |\n|---|---|\n{rows}"
        else:
            yield f"{member.name}{mark}{_type(member.shape)}{''.join(words)}\n" + "\n".join(words) + "\n"
            yield from _text(member.shape)
    if shape.inside and shape.inside[-1].shape.type in SCALARS and not shape.inside[-1].shape.enum:
        yield "\n"


def _list(shape: Shape) -> str:
    items = []
    for member in shape.inside:
        mark = "<span class='mark'>required</span>" if member.is_required else ""
        head = f"<strong>{member.name}</strong><span class='type'>{_type(member.shape)}</span>{mark}"
        made = "".join(f"<p>{escape(each)}</p>" for each in says(member))
        if member.shape.type in SCALARS:
            made += f"<div><strong>Example:</strong><code>{escape(written(member.shape.example))}</code></div>"
            if member.shape.enum:
                rows = "".join(_row("td", (value, "One of them.")) for value in member.shape.enum)
                made += f"<p>Supported values:</p><table>{_row('th', ('Value', 'Description'))}{rows}</table>"
            items.append(f"<li><div>{head}</div>{made}</li>")
        else:
            items.append(f"<li><details><summary>{head}</summary>{made}{_list(member.shape)}</details></li>")
    return "<ul>" + "\n".join(items) + "</ul>"


def _curl(page: Documented) -> str:
    made = f'curl -X {page.method} "${{API_URL}}{path_of(page)}" \\\n-H "Authorization: Bearer <TOKEN>"'
    for member in page.placed("header"):
        made += f' \\\n-H "{member.name}: {written(member.shape.example)}"'
    if page.request is not None:
        made += f" \\\n-H \"Content-Type: application/json\" \\\n-d '{sample(page.request)}'"
    return made
