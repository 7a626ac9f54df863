from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.pages import Page, Subject
from specloom.pages.capture import MAX_LINES
from specloom.pages.reading import read_page

LISTED = """Empty Box
Box
POST
/v2/boxes/{box}/empty
Request
Authorization
API token as bearer token
Path Params
box
string
required
Example:
B-1
Body Params application/json
tags
array[string]
optional
>= 1 items
why
string or null
optional
Default:
none
Example
{"tags": ["red"], "why": null}
Responses
🟢200Success
application/json
Body
box
object
required
id
string <uuid>
required
lid
enum<string>
required
Allowed values:
open
shut
left
integer
optional
Example
{
  "box": {
    "id": "0f3415f2-63b7-4727-83d2-010e88b48715",
    "lid": "shut"
  }
}
🟠409Not empty
Modified at 2025-01-02 03:04:05
"""

RUN_TOGETHER = """Empty Box
Takes everything out of a box.
Endpoint
POST /v2/boxes/empty
Request
Header Parameters
| Parameter | Type | Required | Example | Description |
|---|---|---|---|---|
Authorization | string | Yes | Bearer TOKEN | Who calls. |
X-Trace | string | No | t-1 | Comes back. Maximum 20 characters. |
Request Body Schema
application/json
boxesrequiredjson-stringArray of boxes.Non-empty array. Maximum 50 boxes per call.
Array of boxes.
Non-empty array. Maximum 50 boxes per call.
box_idrequired
string
Numeric string.
Example:
77howrequiredstringHow it is done.Example: TIP
How it is done.
Example:
TIPSupported values:
| Value | Description |
|---|---|
TIP | Tip it over. |
LIFT | Lift things out. |
forklift
string
Which one.
Required when
how is LIFT.Example:
F-1Example request
curl -X POST "${API_URL}/v2/boxes/empty" \\
-H "Authorization: Bearer <TOKEN>" \\
-H "Content-Type: application/json" \\
-d '{
"boxes": [{"box_id": "77", "how": "TIP"}, {"box_id": "78", "how": "LIFT", "forklift": "F-1"}]
}'
Responses
200 Success
200 Success
Response schema:
application/jsondata.boxesobjectWhat was done.
data.boxes
object
What was done.
box_id
string
Identifier.
Example:
77how
string
How it was done.
Response sample
{"data": {"boxes": {"box_id": "77", "how": "TIP"}}}
400 Bad Request
400 Bad Request
Response schema:
application/jsoncode
string
Error code.
Example:
400000Response sample
{"error": {"code": "400000"}}
"""

MARKED = """Boxes
Empty Box
Takes everything out
Takes everything out
AuthorizationBasic <token>
In: header
Path Parameters
box*string
Query Parameters
force?boolean
way?|
The way out which can be top or side
Request Body
application/json
TypeScript Definitions
Use the request body type in TypeScript.
Response Body
application/json
application/json
curl -X POST "https://example.com/boxes/string/empty" \\ -H "Content-Type: application/json" \\ -d '{}'{ "id": "b", \
"parts": [ { "at": [ 1, 2.5 ] } ] }{ "detail": { "<place>": [ "text" ] } }
"""


FREE = """A box
Send this:
curl -X PUT https://api.boxes.dev/v1/boxes/7 -d '{"lid": true}'
HTTP/1.1 204 No Content
404 Not Found
{"error": "gone"}
id string required
"""


def read(text: str) -> Page:
    return read_page(text.encode())


def stated(page: Page) -> dict[tuple[str, str], Any]:
    return {(str(fact.subject), fact.attribute): fact.value for fact in page.facts}


def of(page: Page, subject: str) -> dict[str, Any]:
    return {attribute: value for (name, attribute), value in stated(page).items() if name == subject}


def listed(page: Page, kind: str) -> list[str]:
    found: dict[Subject, None] = {fact.subject: None for fact in page.facts if fact.subject.kind == kind}
    return [str(subject).removeprefix(f"{kind} ") for subject in found]


@pytest.mark.parametrize(
    ("text", "reader"), [(LISTED, "apidog"), (RUN_TOGETHER, "docusaurus"), (MARKED, "fumadocs"), ("Hello.", "fallback")]
)
def test_the_layout_is_recognised(text: str, reader: str) -> None:
    assert read(text).reader == reader


@pytest.mark.parametrize("text", [LISTED, RUN_TOGETHER, MARKED])
def test_the_title_is_that_of_the_operation(text: str) -> None:
    assert read(text.replace("Box\nPOST", "POST")).title == "Empty Box"


def test_names_types_and_marks_on_lines_of_their_own_are_members() -> None:
    page = read(LISTED)
    assert listed(page, "operation") == ["POST /v2/boxes/{box}/empty"]
    assert of(page, "parameter path box") == {"exists": True, "type": "string", "required": True, "example": "B-1"}
    assert of(page, "security bearer") == {"exists": True}
    tags = of(page, "member request $.tags")
    assert (tags["type"], tags["required"], tags["minItems"]) == ("array", False, 1)
    assert of(page, "member request $.tags[]")["type"] == "string"
    why = of(page, "member request $.why")
    assert (why["type"], why["nullable"], why["default"], why["sample-type"]) == ("string", True, "none", "null")
    assert of(page, "member 200 $.box.id")["format"] == "uuid"
    assert of(page, "member 200 $.box.lid")["enum"] == ["open", "shut"]
    assert listed(page, "status") == ["200", "409"]
    assert page.remarks == ()


def test_a_member_that_no_sample_shows_is_beside_the_one_before_it() -> None:
    assert of(read(LISTED), "member 200 $.box.left") == {"exists": True, "type": "integer", "required": False}


def test_words_that_were_run_into_one_another_are_told_apart() -> None:
    page = read(RUN_TOGETHER)
    assert of(page, "parameter header X-Trace") == {
        "exists": True, "type": "string", "required": False, "example": "t-1", "maxLength": 20,
    }  # fmt: skip
    boxes = of(page, "member request $.boxes")
    assert (boxes["type"], boxes["required"], boxes["minItems"], boxes["maxItems"]) == ("array", True, 1, 50)
    box = of(page, "member request $.boxes[].box_id")
    assert (box["type"], box["required"], box["pattern"], box["example"]) == ("string", True, "^[0-9]+$", "77")
    how = of(page, "member request $.boxes[].how")
    assert (how["type"], how["required"], how["enum"], how["example"]) == ("string", True, ["TIP", "LIFT"], "TIP")
    forklift = of(page, "member request $.boxes[].forklift")
    assert forklift["condition"] == {"member": "$.boxes[].how", "equals": "LIFT"}
    assert (forklift["example"], forklift["in-sample"]) == ("F-1", "sometimes")
    assert of(page, "member 200 $.data.boxes")["type"] == "object"
    assert of(page, "member 200 $.data.boxes.how")["type"] == "string"
    assert of(page, "status 400")["text"] == "Bad Request"


def test_a_member_is_where_the_sample_has_it_and_the_difference_is_remarked_upon() -> None:
    page = read(RUN_TOGETHER)
    assert of(page, "member 400 $.error.code")["example"] == "400000"
    assert [(remark.text, remark.reason) for remark in page.remarks] == [
        ("code", "the samples of 400 have it as $.error.code")
    ]


def test_marks_behind_names_say_what_is_required() -> None:
    page = read(MARKED)
    assert listed(page, "operation") == ["POST /boxes/{box}/empty"]
    assert of(page, "security basic") == {"exists": True}
    assert of(page, "parameter path box") == {"exists": True, "type": "string", "required": True}
    assert of(page, "parameter query force") == {"exists": True, "type": "boolean", "required": False}
    assert of(page, "parameter query way") == {"exists": True, "required": False, "enum": ["top", "side"]}
    assert listed(page, "media-type") == [
        "request application/json",
        *(f"response {n} application/json" for n in (1, 2)),
    ]
    assert of(page, "member response 1 $.parts[].at[]")["sample-type"] == ["integer", "number"]
    assert of(page, "member response 2 $.detail.*[]")["sample"] == ["text"]


def test_each_fact_says_where_it_stands_and_who_found_it() -> None:
    lines = LISTED.splitlines()
    page = read(LISTED)
    places = {(str(fact.subject), fact.attribute): (fact.line, fact.reader) for fact in page.facts}
    assert places["parameter path box", "type"] == (lines.index("box") + 1, "apidog")
    assert places["status 409", "exists"] == (lines.index("🟠409Not empty") + 1, "apidog")
    assert places["member 200 $.box.id", "sample"] == (
        next(n for n, line in enumerate(lines, 1) if '"id"' in line),
        "samples",
    )


def test_a_page_of_no_known_layout_yields_samples_curl_lines_and_statuses() -> None:
    page = read(FREE)
    assert listed(page, "operation") == ["PUT /v1/boxes/7"]
    assert listed(page, "status") == ["204", "404"]
    assert listed(page, "member") == ["request $", "request $.lid", "404 $", "404 $.error"]
    assert page.reader == "fallback"


def test_what_looks_like_a_fact_and_is_not_understood_is_listed() -> None:
    page = read(LISTED.replace(">= 1 items", "The maximum depends on the plan"))
    assert [(remark.line, remark.text) for remark in page.remarks] == [(18, "The maximum depends on the plan")]


def test_statements_that_contradict_one_another_are_listed() -> None:
    page = read(LISTED.replace("left\ninteger", "left\ninteger\noptional\nleft\nstring"))
    assert [remark.text for remark in page.remarks] == ["member 200 $.box.left type: 'string'"]


def test_one_of_two_parameters_is_read_from_prose() -> None:
    text = LISTED.replace("Path Params", "Query Params\nlid\nstring\nlabel\nstring\nPath Params").replace(
        "Request\n", "The box\u2014either lid or label\u2014is used.\nRequest\n", 1
    )
    page = read(text)
    assert of(page, "parameter query lid")["either"] == of(page, "parameter query label")["either"] == ["lid", "label"]


def test_a_token_in_a_curl_line_is_not_kept() -> None:
    page = read("curl https://api.boxes.dev/v1 -H 'Authorization: Bearer abc123'")
    assert "abc123" not in repr(page)


@given(st.binary())
def test_any_bytes_are_a_page(content: bytes) -> None:
    page = read_page(content)
    assert all(fact.reader for fact in page.facts)


@given(st.lists(st.sampled_from([*LISTED.splitlines(), *RUN_TOGETHER.splitlines(), *MARKED.splitlines()])))
def test_lines_in_any_order_are_a_page(lines: list[str]) -> None:
    page = read("\n".join(lines))
    assert [fact.line for fact in page.facts if not 0 < fact.line <= len(lines)] == []


def test_what_is_left_unread_of_a_very_long_page_is_said() -> None:
    page = read(LISTED + "more\n" * MAX_LINES)
    assert [remark.text for remark in page.remarks] == ["the rest of the page"]
