"""Whatever bytes a page has, reading it ends, within bounds of time and memory, and drafting from it ends in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.pages.capture import MAX_BYTES
from specloom.pages.drafting import draft
from specloom.pages.reading import read_page
from specloom.spec import SpecloomError

PIECES = (
    *(b"<div>", b"</div>", b"<pre>", b"<td>", b"<!--", b"&#x0;", b"\xff\xfe", b"\x00", b"\r", b"\n", b" | ", b"|---|"),
    *(b"{", b"}", b"[", b'"a":', b"'", b"\\", b"curl -X POST '", b"POST /a/{b}\n", b"Response Body\n", b"Responses\n"),
    *(b"application/json\n", b"200 OK\n", "🟢200".encode(), b"name\nstring\nrequired\n", b"a?|", b"Example:\n"),
    *(b"Required when a is B.", b"Maximum 999999999999999999999 items.", b"One of a, b or c.", b"a" * 500),
)
# What is repeated until the page is as long as it may be.
LONG = (
    b"{",
    b'{"a":[',
    b"<div>",
    b"<table><tr><td>a</td></tr>",
    b"curl -X POST '",
    b"name\nstring\nrequired\n",
    b"a | b\n",
)

READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from specloom.pages.capture import MAX_BYTES
from specloom.pages.reading import read_page
piece = sys.stdin.buffer.read()
page = read_page(b"POST /boxes\\n" + (piece * (MAX_BYTES // len(piece) + 1))[: MAX_BYTES - 12])
print(page.operations[0])
"""
"""Reads the longest page there may be, in 120 s of processor time and 4 GB of addresses; more ends the process."""


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=40).map(b"".join))
def test_any_bytes_make_a_page_and_a_draft_or_a_refusal(content: bytes) -> None:
    page = read_page(content)

    if page.operations:
        assert draft(page).startswith("# TODO")
    else:
        with pytest.raises(SpecloomError, match="no operation"):
            draft(page)


@pytest.mark.parametrize("piece", LONG)
def test_the_longest_page_is_read_within_bounds(piece: bytes, root: Path) -> None:
    environment = {"PYTHONPATH": str(root / "scripts")}

    done = subprocess.run([sys.executable, "-c", READ], input=piece, env=environment, capture_output=True, check=False)

    assert done.stderr == b""
    assert done.stdout.startswith(b"POST /boxes")


def test_a_longer_page_is_refused() -> None:
    with pytest.raises(SpecloomError, match="at most"):
        read_page(b"a" * (MAX_BYTES + 1))
