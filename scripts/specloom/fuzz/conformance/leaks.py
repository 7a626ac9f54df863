"""Look for what no answer may show: stack traces, places on the server's disk, credentials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from specloom.fuzz.wire import Answer, Request

# What common platforms write when they fail: Python, Java, .NET, JavaScript, PHP, Ruby, Go, SQL drivers.
_TRACES: Final = re.compile(
    r"""Traceback\ \(most\ recent\ call\ last\)
    | \bFile\ "[^"\n]+",\ line\ \d+
    | \bat\ [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)
    | \bat\ [\w.<>`]+\(.*\)\ in\ [^\n]+:line\ \d+
    | \bat\ (?:[\w.<>]+\ )?\(?(?:/|file:|node:)[^\s()]+:\d+:\d+\)?
    | \#\d+\ /[^\s(]+\(\d+\):
    | \.rb:\d+:in\ [`']
    | \bgoroutine\ \d+\ \[
    | \b(?:sqlite3|psycopg2?|asyncpg|sqlalchemy|jsonschema(?:_rs)?|pydantic(?:_core)?)\.[\w.]*(?:Error|Exception)\b
    """,
    re.VERBOSE,
)
_PATHS: Final = re.compile(
    r"(?<![\w/.:%-])/(?:home|root|usr|opt|Users)/[\w.-]+/[\w./-]*\w"
    r"|(?<![\w/.:%-])/(?:[\w.-]+/)+[\w-]+\.(?:py|js|ts|rb|php|go|java|cs|db|sqlite3?)\b"
    r"|\b[A-Za-z]:\\{1,2}(?:Users|Windows|Program Files|inetpub)\\"
    r"|\b(?:site-packages|node_modules)/"
)
_SHORTEST_SECRET: Final = 6


def leaks(answer: Answer, request: Request, secrets: Iterable[str], documented: str = "") -> Iterator[str]:
    """Yield what `answer` shows and must not, in words that do not repeat it.

    What the request itself holds, and what the examples and seeds of the spec do (`documented`), is no leak; a secret
    is one whoever sent it.
    """
    shown = "\n".join([*(f"{name}: {value}" for name, value in answer.headers), answer.body.decode("utf-8", "replace")])
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET and secret in shown:
            yield "the answer shows a credential"
            break
    if _TRACES.search(shown):
        yield "the answer shows a stack trace"
    for match in _PATHS.finditer(shown):
        if match[0] not in documented and match[0] not in _sent(request):
            yield "the answer shows a path on the server's disk"
            return


def _sent(request: Request) -> str:
    headers = "\n".join(value for _, value in request.headers)
    return f"{request.target}\n{headers}\n{(request.body or b'').decode('utf-8', 'replace')}"
