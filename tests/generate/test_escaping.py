"""Texts are escaped as openapi-python-client escapes them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonCode, in_double_quote_literal, safe_for_docstring

from specloom.generate.escaping import in_docstring, in_literal

# Half of the characters are those that matter.
TEXTS = st.text(st.characters() | st.sampled_from("\\\"'\n\r\t\b\f\0\x7f\x85\u2028\u2029\u200b\xa0 a{"))


@given(TEXTS)
@example('a """ b')
@example("a \\ b")
@example("")
def test_they_are_the_same(text: str) -> None:
    for value in (text, UntrustedString(text)):
        assert in_docstring(value) == safe_for_docstring(value)
        assert in_literal(value) == in_double_quote_literal(value)


def test_code_is_no_text() -> None:
    code = PythonCode("list[int]")
    assert in_docstring(code) == safe_for_docstring(code) == "list[int]"
    assert in_literal(code) == in_double_quote_literal(code) == "list[int]"
