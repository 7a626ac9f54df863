"""What a template of `x-faults` wrote is read back, be it a value of its own or part of a text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.fuzz.fault_texts import told
from specloom.spec.expression import template

WORDS = st.text("abc.[]0 (", min_size=1)


@given(
    field=WORDS,
    message=st.text(),
    source=st.sampled_from(
        ["{$fault.field}: {$fault.message}", "({$fault.in}) {$fault.field} = {$fault.message}", "+ {$fault.field}\n"]
    ),
)
def test_what_was_written_is_read(field: str, message: str, source: str) -> None:
    fault = {"in": "body", "field": field, "message": message}
    written = template(source)({"fault": fault})

    found = told(source, written)

    assert found == {name: fault[name] for name in ("in", "field", "message") if f"$fault.{name}" in source}


@pytest.mark.parametrize(
    ("source", "value", "found"),
    [
        pytest.param("$fault.field", "reason", {"field": "reason"}, id="one expression"),
        pytest.param("$fault.message", 7, {"message": 7}, id="another type"),
        pytest.param("{$fault.field}: {$fault.message}", "no", {"field": "", "message": ""}, id="another form"),
        pytest.param("{$fault.field}!", ["reason!"], {"field": ""}, id="no text"),
        pytest.param("{$fault.field} or {$fault.field}", "a or b", {"field": ""}, id="twice, not alike"),
        pytest.param("{$fault.field} or {$fault.field}", "a or a", {"field": "a"}, id="twice"),
        pytest.param("invalid", "invalid", {}, id="words alone"),
        pytest.param(4, 4, {}, id="a number"),
    ],
)
def test_another_form_tells_nothing(source: Any, value: Any, found: dict[str, Any]) -> None:
    assert told(source, value) == found
