from __future__ import annotations

import pytest

from specloom.pages.curl import Curl, curl_lines


def only(text: str) -> Curl:
    (line,) = curl_lines(text)
    return line


def test_a_command_over_several_lines_is_read_to_its_end() -> None:
    text = "Try:\ncurl -X PUT \"${HOST}/boxes/7\" \\\n  -H 'Accept: text/csv' \\\n  -d '{\n  \"lid\": true\n}'\nAnswers"
    line = only(text)
    assert (line.method, line.url) == ("PUT", "${HOST}/boxes/7")
    assert line.headers == (("Accept", "text/csv"),)
    assert line.body == '{\n  "lid": true\n}'
    assert text[line.end :] == "\nAnswers"


def test_a_command_whose_line_breaks_were_lost_ends_where_the_next_thing_is_run_into_it() -> None:
    text = 'curl -X POST "https://example.com/boxes" \\ -H "Accept: text/csv" \\ -d \'{}\'{ "id": 1 }'
    line = only(text)
    assert (line.body, text[line.end :]) == ("{}", '{ "id": 1 }')


def test_a_header_without_a_value_has_none() -> None:
    assert only("curl --request GET '/boxes' --header 'X-Id;'").headers == (("X-Id", None),)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("curl https://example.com/a", "GET"),
        ("curl https://example.com/a -d x=1", "POST"),
        ("curl --url https://example.com/a -X delete", "DELETE"),
    ],
)
def test_the_method_is_the_one_that_curl_would_send(text: str, method: str) -> None:
    line = only(text)
    assert (line.method, line.url) == (method, "https://example.com/a")


def test_a_quote_inside_a_quoted_body_is_read_as_the_shell_does() -> None:
    assert only(r"""curl /a -d '{"note": "it'\''s"}'""").body == """{"note": "it's"}"""


def test_credentials_of_basic_authentication_are_seen() -> None:
    assert only("curl -u name:secret https://example.com/a").user == "name:secret"


@pytest.mark.parametrize("text", ["the curl of the ball", "curl -X", "curl -H 'A: b'", "libcurl /a", "curl"])
def test_what_has_no_url_is_no_command(text: str) -> None:
    assert [line.url for line in curl_lines(text)] in ([], ["of"])


def test_commands_follow_one_another() -> None:
    assert [line.url for line in curl_lines("curl /a\ncurl /b -d '{}'\n$ curl '/c'")] == ["/a", "/b", "/c"]
