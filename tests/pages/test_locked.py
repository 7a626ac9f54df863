"""What the specs of this repository say is what their locked pages say."""

from __future__ import annotations

import datetime as dt

from specloom.pages.checking import check
from specloom.pages.lock import NAME, read_lock
from specloom.spec import Api


def test_every_spec_agrees_with_the_locked_facts_of_its_pages(apis: list[Api]) -> None:
    for api in apis:
        lock = read_lock(api.document.path.with_name(NAME))
        pages = [(operation, lock.page(operation.label)) for operation in api.operations]
        given = [(page.title, operation, page.facts) for operation, page in pages if page is not None and page.facts]

        report = check(api, given, lock.elsewhere)

        assert len(given) == len(api.operations)
        assert report.faults == []
        assert report.unsupported == []
        assert report.unused == ()
        assert sum(page.counts["agrees"] for page in report.pages) > 30


def test_every_page_says_when_and_where_it_was_read(apis: list[Api]) -> None:
    for api in apis:
        for page in read_lock(api.document.path.with_name(NAME)).pages:
            assert page.url is not None
            assert page.url.startswith("https://")
            assert dt.date.fromisoformat(page.captured or "") <= dt.datetime.now(dt.UTC).date()
            assert len(bytes.fromhex(page.digest or "")) == 32
