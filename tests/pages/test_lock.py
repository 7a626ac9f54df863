"""pages.yaml: what is written there is read back, and what people wrote stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pages import flow
from specloom.pages.facts import Fact, Subject
from specloom.pages.lock import read_lock
from specloom.pages.locking import Reading, lock_page
from specloom.spec import SpecloomError
from specloom.spec.reading import parse

WRITTEN = """\
# Where it all comes from.
pages:
  # The first page.
  - title: Hold a parcel  # as the vendor spells it
    operation: POST /parcels/{number}/hold
    url: https://docs.example/hold
    note: >-
      written by
      hand

  - title: Release a parcel
    operation: POST /parcels/{number}/release
# Other people's pages.
elsewhere:
  - at: /components/schemas/ParcelState
    source: the vendor's glossary
"""
FACTS = (
    Fact(Subject("title"), "text", "Hold a parcel"),
    Fact(Subject("operation", name="POST /parcels/{number}/hold"), "exists", value=True),
    Fact(Subject("security", name="bearer"), "exists", value=True),
    Fact(Subject("parameter", "path", "number"), "exists", value=True),
    Fact(Subject("parameter", "path", "number"), "pattern", "^P[0-9]+$"),
    Fact(Subject("member", "request", '$.reason["odd: name"][]'), "exists", value=True),
    Fact(Subject("member", "request", '$.reason["odd: name"][]'), "sample", ["a", 1, None, {}, "yes", "1e3"]),
    Fact(Subject("member", "response 1", "$.state"), "exists", value=True),
    Fact(Subject("member", "response 1", "$.state"), "enum", ["waiting", "held", "#gone", "on"]),
    Fact(Subject("status", name="200"), "exists", value=True),
    Fact(Subject("status", name="200"), "text", "All is well: really"),
    Fact(Subject("sample", "", "0"), "exists", value=True),
    Fact(Subject("sample", "", "0"), "value", {"parcels": [{"number": f"P{n}", "state": "held"} for n in range(20)]}),
)
READING = Reading(FACTS, "0f" * 32, dt.date(2030, 1, 31))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A pages.yaml with two pages."""
    path = tmp_path / "pages.yaml"
    path.write_text(WRITTEN, "utf-8")
    return path


def test_facts_are_read_back_as_they_were_written(path: Path) -> None:
    lock = read_lock(path)

    locked = lock_page(lock, lock.pages[0], READING)

    assert locked.facts is not None
    assert {fact.key: fact.value for fact in locked.facts} == {fact.key: fact.value for fact in FACTS}
    assert (locked.digest, locked.captured, locked.url) == ("0f" * 32, "2030-01-31", "https://docs.example/hold")


def test_what_people_wrote_stays(path: Path) -> None:
    for _ in range(2):
        for index in (1, 0):
            lock = read_lock(path)
            lock_page(lock, lock.pages[index], READING)

    lines = path.read_text("utf-8").splitlines()
    assert [line for line in WRITTEN.splitlines() if line not in lines] == []
    assert read_lock(path).elsewhere == read_lock(path).elsewhere
    assert [page.title for page in read_lock(path).pages] == ["Hold a parcel", "Release a parcel"]
    assert lines.index("elsewhere:") > lines.index("  - title: Release a parcel")


def test_writing_the_same_again_changes_nothing(path: Path) -> None:
    for index in (0, 1):
        lock = read_lock(path)
        lock_page(lock, lock.pages[index], READING)
    first = path.read_text("utf-8")

    lock = read_lock(path)
    lock_page(lock, lock.pages[1], READING)

    assert path.read_text("utf-8") == first
    assert max(len(line) for line in first.splitlines()) <= 120


def test_a_new_address_takes_the_place_of_the_old_one(path: Path) -> None:
    lock = read_lock(path)

    locked = lock_page(lock, lock.pages[0], Reading((), "00" * 32, dt.date(2030, 2, 1), "https://docs.example/moved"))

    assert locked.url == "https://docs.example/moved"
    assert "https://docs.example/hold" not in path.read_text("utf-8")
    assert locked.facts == ()


@pytest.mark.parametrize(
    "text",
    [
        "pages: [{title: A, operation: GET /}]\n",
        "pages:\n  - {title: A, operation: GET /}\n",
        "pages:\n  - captured: '2029-01-01'\n    title: A\n    operation: GET /\n",
    ],
)
def test_a_file_that_cannot_be_changed_line_by_line_is_left_alone(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    lock = read_lock(path)

    with pytest.raises(SpecloomError) as raised:
        lock_page(lock, lock.pages[0], READING)

    assert raised.value.remedy
    assert path.read_text("utf-8") == text
    assert [each.name for each in path.parent.iterdir()] == ["pages.yaml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pages: 7\n", "pages is not a list"),
        ("pages:\n  - 7\n", "not an object"),
        ("pages:\n  - title: A\n", "there is no operation"),
        ("pages:\n  - {title: A, operation: GET /, facts: 1}\n", "facts is not an object"),
        ("pages:\n  - {title: A, operation: GET /, facts: {rumour: {}}}\n", "there are no facts of the kind 'rumour'"),
        ("pages:\n  - {title: A, operation: GET /, facts: {member: {'200': []}}}\n", "200 is not an object"),
        ("pages:\n  - {title: A, operation: GET /, facts: {member: {request: {a: {}}}}}\n", "is no path"),
        (
            "pages:\n  - {title: A, operation: GET /, facts: {member: {request: {$.a: {enum: 7}}}}}\n",
            "enum cannot be 7",
        ),
        ("pages: []\nelsewhere: [{at: /info}]\n", "there is no source"),
    ],
)
def test_a_broken_file_is_an_error_with_a_place(path: Path, text: str, message: str) -> None:
    path.write_text(text, "utf-8")

    with pytest.raises(SpecloomError) as raised:
        read_lock(path)

    assert message in str(raised.value)
    assert raised.value.place.line is not None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, min_size=1, max_size=3), st.sampled_from([0, 8]))
def test_any_value_is_read_back_as_it_was_written(values: dict[str, Any], indent: int) -> None:
    text = "".join(flow.entry(name, value, indent) for name, value in values.items())

    assert parse(text, Path("a.yaml")).data == values
