"""Write the docstrings of the facade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import fill
from typing import Final

from specloom.generate.escaping import in_docstring
from specloom.generate.facade.plan import Argument, Facade, Method

_WIDTH: Final = 112
_PLACES: Final = {
    "path": "Path parameter",
    "query": "Query parameter",
    "header": "Header",
    "cookie": "Cookie",
    "body": "Member of the body,",
}
_OPTIONS: Final = "Timeout, deadline, retries and headers of this call, where they differ from those of the client."


def method_doc(method: Method) -> str:
    """Return the text of the docstring of a method: what it does, where from, arguments, result, errors."""
    operation = method.operation
    source = f"`{operation.label}`" + (f', from the page "{operation.page}".' if operation.page else ".")
    parts = [
        _sentence(operation.summary) or source,
        *_paragraphs(operation.description),
        source if operation.summary else "",
        _section("Args", [*(_argument(each) for each in method.arguments), ("options", _OPTIONS)]),
        *([] if method.returns.code == "None" else [_section("Returns", [("", _returns(method))])]),
        _section("Raises", list(_raises(method))),
    ]
    return _escaped("\n\n".join(part for part in parts if part))


def twin_doc(method: Method) -> str:
    """Return the docstring of the method that gives the whole response."""
    return f"Do what `{method.name}` does, and return status, headers, content and attempts beside the result."


def client_doc(facade: Facade, *, is_async: bool) -> str:
    """Return the docstring of the client class: what it is of, and each argument of it."""
    awaited = "; its methods are to be awaited" if is_async else ""
    sharing = "tasks" if is_async else "threads"
    rows = [
        *(
            (each.name, _credential(each.description, each.variable))
            for one in facade.credentials
            for each in one.inputs
        ),
        *_places(facade),
        (
            "timeout",
            (
                "Seconds to wait for a connection, and for each part of an answer; None means 30, or what "
                "`http_client` has, and `math.inf` no limit."
            ),
        ),
        ("deadline", "Seconds for a whole call with all its attempts and waits; None sets no limit."),
        ("retries", "When a call is repeated, and how often."),
        ("headers", "Headers of every request."),
        ("http_client", "An httpx client to use as it is; it is not closed with this one."),
        ("transport", "A transport of httpx for the client that is made otherwise."),
        ("validate", "Whether to check what is sent against the spec first; needs the extra `pydantic`."),
    ]
    parts = [
        f"A client of {facade.title}{awaited}.",
        fill(
            f"Use it as a context manager, or close it in the end. It may be shared between {sharing}. A credential is "
            "text, or a function that returns it and is called for each attempt.",
            _WIDTH,
        ),
        _section("Args", rows),
        _section(
            "Raises",
            [
                ("CredentialsError", "A credential is missing or not usable."),
                ("ValueError", "There is no such environment, or no base URL."),
            ],
        ),
    ]
    return _escaped("\n\n".join(parts))


def one_line(text: str) -> str:
    """Return `text` as one line that may stand in a docstring."""
    return _escaped(" ".join(text.split()))


def _places(facade: Facade) -> Iterator[tuple[str, str]]:
    if facade.environments:
        named = "; ".join(f"`{each.name}` is {each.url}" for each in facade.environments)
        fallback = f"Otherwise the environment variable {facade.prefix}_ENVIRONMENT, or the first"
        yield "environment", f"Which server to call: {named}. {fallback}."
    fallback = f"Otherwise the environment variable {facade.prefix}_BASE_URL"
    yield "base_url", f"The URL of another server, such as a sandbox. {fallback}."


def _credential(description: str, variable: str) -> str:
    return f"{description} Otherwise the environment variable {variable}."


def _argument(argument: Argument) -> tuple[str, str]:
    null = " None sends null." if argument.nullable and not argument.required else ""
    return argument.name, f"{_sentence(argument.description or _what(argument))}{null}"


def _what(argument: Argument) -> str:
    if not argument.source:
        return "The body"
    return f"{_PLACES[argument.location]} `{argument.source}`"


def _returns(method: Method) -> str:
    return " ".join(dict.fromkeys(_sentence(each.description) for each in method.successes))


def _raises(method: Method) -> Iterator[tuple[str, str]]:
    for error in method.errors:
        status = error.answer.status
        prefix = "Any other status. " if status == "default" else f"Status {status}. "
        yield error.class_name, prefix + _sentence(error.answer.description)
    yield (
        "ApiError",
        "The base of these and of all other errors, such as that there was no connection or no answer in time.",
    )


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    lines = [
        fill(f"{name}: {text}" if name else text, _WIDTH, initial_indent="    ", subsequent_indent="        ")
        for name, text in rows
    ]
    return "\n".join([f"{title}:", *lines])


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        is_plain = not re.search(r"^\s*([-*|>#]|\d+\.|```)", paragraph, re.MULTILINE)
        yield fill(" ".join(paragraph.split()), _WIDTH) if is_plain else paragraph


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _escaped(text: str) -> str:
    escaped = in_docstring(text)
    return f'{escaped[:-1]}\\"' if escaped.endswith('"') and not escaped.endswith('\\"') else escaped
