"""What a page was written from is what is read on it, whatever the layout; and one change of it is one change."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pages.layouts import apidog, docusaurus, fumadocs
from tests.pages.layouts.documented import Documented
from tests.pages.layouts.edits import Edit, edits
from tests.pages.layouts.expected import body_name, expected, found, is_shown
from tests.pages.layouts.random_pages import pages

from specloom.pages.drift import changes
from specloom.pages.reading import read_page

LAYOUTS = pytest.mark.parametrize("layout", [docusaurus, apidog, fumadocs], ids=lambda layout: str(layout.NAME))
FORMS = pytest.mark.parametrize("form", ["html", "text"])


def rendered(page: Documented, layout: ModuleType, form: str) -> bytes:
    """Return a page as a capture of it has it."""
    text: str = getattr(layout, form)(page)
    return text.encode()


@LAYOUTS
@FORMS
@settings(max_examples=20)
@given(page=pages())
def test_a_page_reads_back_to_the_facts_of_its_spec(layout: ModuleType, form: str, page: Documented) -> None:
    read = read_page(rendered(page, layout, form))

    assert read.reader == layout.NAME
    assert found(page, read.facts) == expected(page, layout.NAME, is_html=form == "html")


def edited() -> st.SearchStrategy[tuple[Documented, Edit]]:
    """Return a strategy for a page and a single change of it."""
    return pages().flatmap(lambda page: st.tuples(st.just(page), st.sampled_from(list(edits(page)))))


@LAYOUTS
@FORMS
@settings(max_examples=20)
@given(drawn=edited())
def test_a_single_change_of_the_spec_is_that_change_on_the_page(
    layout: ModuleType, form: str, drawn: tuple[Documented, Edit]
) -> None:
    page, edit = drawn
    before, after = (read_page(rendered(each, layout, form)).facts for each in (page, edit.after))

    told = [(change.subject, change.attribute) for change in changes(before, after)]

    subject = body_name(edit.after, edit.subject, layout.NAME, is_html=form == "html")
    is_visible = is_shown(edit.subject, edit.attribute, layout.NAME, is_html=form == "html")
    assert told == ([(subject, edit.attribute)] if is_visible else [])


@LAYOUTS
@FORMS
@settings(max_examples=10)
@given(page=pages())
def test_other_words_and_another_look_are_no_change(layout: ModuleType, form: str, page: Documented) -> None:
    as_it_was = rendered(page, layout, form)
    reworded = as_it_was.replace(b"What it is about.", b"It says it all.").replace(b"\n\n", b"\n")
    restyled = reworded.replace(b"<div>", b"<div class='new'>").replace(b"\n", b"\r\n")

    assert changes(read_page(as_it_was).facts, read_page(restyled).facts) == []
