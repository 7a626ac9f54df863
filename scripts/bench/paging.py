"""Measure how long it takes to read a documentation page of 10 MB, and to hold the specs against their pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.figure import Figure, Sample
from bench.running import python, run
from specloom.spec import SpecloomError

MEGABYTES: Final = 10.0
RUNS: Final = 5
_PATIENCE: Final = 300.0

_TEXT: Final = """POST /v1/things/{{id}}/change-{number}

Changes the thing.

Body

name string required The name of the thing, maximum 100.

Response 200

{{"id": {number}, "name": "a thing", "parts": [{{"size": 1.5}}]}}

"""
_HTML: Final = """<h2>Change {number}</h2><p>POST /v1/things/{{id}}/change-{number}</p><table>
<tr><th>Name</th><th>Type</th><th>Required</th><th>Description</th></tr>
<tr><td>name</td><td>string</td><td>yes</td><td>The name of the thing, maximum 100.</td></tr></table>
<pre><code>{{"id": {number}, "name": "a thing", "parts": [{{"size": 1.5}}]}}</code></pre>
"""


def measure(folder: Path, megabytes: float = MEGABYTES) -> Iterator[Figure]:
    """Yield seconds and peak memory for a page as text and as HTML."""
    folder.mkdir(parents=True)
    for kind, template, frame in (("txt", _TEXT, "{}"), ("html", _HTML, "<html><body>{}</body></html>")):
        page = folder / f"page.{kind}"
        count = int(megabytes * 1e6 / len(template))
        page.write_text(frame.format("".join(template.format(number=number) for number in range(count))), "utf-8")
        done = run(python("-m", "specloom", "pages", "read", "--json", str(page)), folder, limit=_PATIENCE)
        if done.failed:
            raise SpecloomError(done.why)
        what = f"reading {megabytes:g} MB of {kind}"
        yield Figure("pages", what, "s", Sample((done.seconds,)))
        yield Figure("pages", f"{what}, memory", "MB", Sample((done.peak,)))


def check(runs: int = RUNS) -> Iterator[Figure]:
    """Yield the seconds in which all specs are held against what their pages said."""
    seconds = []
    for _ in range(runs):
        done = run(python("-m", "specloom", "pages", "check"), Path(), limit=_PATIENCE)
        if done.failed:
            raise SpecloomError(done.why)
        seconds.append(done.seconds)
    yield Figure("pages", "all specs against the facts of their pages", "s", Sample(tuple(seconds)))
