from __future__ import annotations

from typing import Any

import pytest

from specloom.pages import Page
from specloom.pages.capture import capture
from specloom.pages.reading import read_page

NESTED_LISTS = """<!doctype html><html><head><title>x</title><meta charset="utf-8"></head><body><nav><a>Home</a></nav>
<main><article><header><h1>Empty Box</h1></header>
<p>Takes everything out of a box.</p>
<h2>Endpoint</h2><pre><code>POST /v2/boxes/empty</code></pre>
<h2>Request</h2><h3>Header Parameters</h3>
<table><thead><tr><th>Parameter</th><th>Type</th><th>Required</th><th>Example</th><th>Description</th></tr></thead>
<tbody><tr><td><code>Authorization</code></td><td>string</td><td>Yes</td><td>Bearer TOKEN</td>
<td>Who <b>calls</b>.</td></tr></tbody></table>
<h3>Request Body Schema</h3><div>application/json</div>
<ul><li><details><summary><span><strong>boxes</strong><span class="req">required</span><span>json-string</span>
</span><p>Array of boxes.</p></summary>
<div><p>Array of boxes.</p><p>Non-empty array. Maximum 50 boxes per call.</p>
<ul><li><div><strong>box_id</strong><span>required</span><div>string</div><p>Numeric string.</p>
<p>Example: <code>77</code></p></div></li>
<li><div><strong>how</strong><span>required</span><span>string</span><div>How it is done.</div><p>
<b>Supported values:</b></p>
<table><thead><tr><th>Value</th><th>Description</th></tr></thead><tbody><tr><td>TIP</td><td>Tip it.</td></tr>
<tr><td>LIFT</td><td>Lift.</td></tr></tbody></table></div></li>
<li><div><strong>forklift</strong> <span>string</span>
<p>Which one. Required when <code>how</code> is <code>LIFT</code>.</p></div></li>
</ul></div></details></li></ul>
<h3>Example request</h3><pre><code><span>curl -X POST "${API_URL}/v2/boxes/empty" \\
</span><span>-H "Authorization: Bearer &lt;TOKEN&gt;" \\
</span><span>-d '{
</span><span>"boxes": [{"box_id": "77", "how": "TIP"}]
</span><span>}'
</span></code></pre>
<h2>Responses</h2>
<details><summary>200 Success</summary><div>Response schema: application/json</div>
<ul><li><strong>data</strong><span>object</span><ul><li><strong>box_id</strong><span>string</span></li><li>
<strong>left</strong><span>integer</span></li></ul></li><li><strong>note</strong><span>string</span></li></ul>
<p>Response sample</p><pre><code>{
  "data": {"box_id": "77"}
}</code></pre></details>
<details><summary>400 Bad Request</summary></details>
</article></main><footer>200 OK</footer></body></html>
"""

TABS = """<html><body><div id="app"><h1>Empty Box</h1><div><span>POST</span><span>/v2/boxes/{box}/empty</span></div>
<h2>Request</h2><h3>Authorization</h3><div>Provide your bearer token in the<code>Authorization</code>header</div>
<h3>Path Params</h3><div class="a"><div><span>box</span><span>string</span><span>required</span></div></div>
<h3>Body Params<span>application/json</span></h3>
<div><div><span>tags</span><span>array[string]</span><span>optional</span></div><div>&gt;= 1 items</div></div>
<h2>Responses</h2><div><button>🟢200Success</button><button>🟠409Not empty</button></div>
<div>application/json</div><h4>Body</h4>
<div class="n"><div><span>box</span><span>object</span><span>required</span></div><div class="kids"><div><div>
<span>id</span><span>string</span><span>required</span></div></div></div></div>
<div class="n"><div><span>note</span><span>string or null</span><span>required</span></div></div>
<h4>Example</h4><pre>{
 "box": {"id": "b"}, "note": null
}</pre>
</div></body></html>
"""

SEGMENTS = """<!DOCTYPE html><html><body><main><h1>Empty Box</h1><p>Takes everything out</p>
<div><b>POST</b><code><b>/</b><b>boxes</b><b>/</b><b>{box}</b><b>/</b><b>empty</b></code></div>
<h2 id="authorization">Authorization</h2><div><div><span>Authorization</span><span>Basic &lt;token&gt;</span>
</div><p>In: <code>header</code></p></div>
<h2>Path Parameters</h2><div><div><span class="font-mono">box<span>*</span></span><span>string</span></div></div>
<h2>Query Parameters</h2><div><div><span>force<span>?</span></span><span>boolean</span></div><div>
<span>way<span>?</span></span><span>string | </span></div><p>The way out which can be top or side</p></div>
<h2>Response Body</h2><div><button>200</button><button>409</button></div><div>application/json</div>
<div>application/json</div>
<div><button role=tab>200</button><button role=tab>409</button><pre>{ "id": "b", "parts": [1] }</pre>
<pre>{ "detail": {} }</pre></div>
</main></body></html>
"""


def read(text: str) -> Page:
    return read_page(text.encode())


def of(page: Page, subject: str) -> dict[str, Any]:
    return {fact.attribute: fact.value for fact in page.facts if str(fact.subject) == subject}


def listed(page: Page, kind: str) -> list[str]:
    return list(dict.fromkeys(fact.subject.name for fact in page.facts if fact.subject.kind == kind))


@pytest.mark.parametrize(
    ("text", "reader", "operation"),
    [
        (NESTED_LISTS, "docusaurus", "POST /v2/boxes/empty"),
        (TABS, "apidog", "POST /v2/boxes/{box}/empty"),
        (SEGMENTS, "fumadocs", "POST /boxes/{box}/empty"),
    ],
)
def test_html_of_each_layout_is_recognised(text: str, reader: str, operation: str) -> None:
    page = read(text)
    assert (page.reader, page.title, page.operations, page.remarks) == (reader, "Empty Box", (operation,), ())


def test_nested_lists_say_where_members_are() -> None:
    page = read(NESTED_LISTS)
    boxes = of(page, "member request $.boxes")
    assert (boxes["type"], boxes["required"], boxes["minItems"], boxes["maxItems"]) == ("array", True, 1, 50)
    assert of(page, "member request $.boxes[].box_id")["example"] == "77"
    assert of(page, "member request $.boxes[].how")["enum"] == ["TIP", "LIFT"]
    condition = of(page, "member request $.boxes[].forklift")["condition"]
    assert condition == {"member": "$.boxes[].how", "equals": "LIFT"}


def test_a_member_that_no_sample_shows_is_where_the_page_nests_it() -> None:
    page = read(NESTED_LISTS)
    assert of(page, "member 200 $.data.left")["type"] == "integer"
    assert of(page, "member 200 $.note")["type"] == "string"


def test_tables_and_commands_keep_their_lines() -> None:
    page = read(NESTED_LISTS)
    header = of(page, "parameter header Authorization")
    assert header == {"exists": True, "type": "string", "required": True, "example": "Bearer TOKEN"}
    assert of(page, "curl 0")["body"] == {"boxes": [{"box_id": "77", "how": "TIP"}]}


def test_what_tabs_show_first_belongs_to_the_first_of_them() -> None:
    page = read(TABS)
    assert listed(page, "status") == ["200", "409"]
    assert of(page, "member 200 $.box.id")["required"] is True
    assert of(page, "member 200 $.note")["nullable"] is True
    assert [fact.subject for fact in page.facts if fact.subject.where == "409"] == []


def test_what_several_tabs_show_belongs_to_one_after_the_other() -> None:
    page = read(SEGMENTS)
    assert of(page, "member 200 $.parts[]")["sample-type"] == "integer"
    assert of(page, "member 409 $.detail")["sample"] == [{}]
    assert of(page, "media-type 409 application/json") == {"exists": True}


def test_a_type_of_which_a_part_is_lost_is_none() -> None:
    assert of(read(SEGMENTS), "parameter query way") == {"exists": True, "required": False, "enum": ["top", "side"]}


def test_facts_have_the_lines_of_the_source() -> None:
    page = read(TABS)
    lines = TABS.splitlines()
    (line,) = {
        fact.line for fact in page.facts if str(fact.subject) == "parameter path box" and fact.attribute == "type"
    }
    assert "<span>box</span>" in lines[line - 1]


def test_scripts_styles_and_navigation_are_left_out() -> None:
    text = "<html><script>curl /a</script><style>b{}</style><nav>404 Not Found</nav><p>Shown</p></html>"
    assert capture(text.encode()).text == "Shown"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("\ufeffžena".encode("utf-16-le"), None),
        (b"\xef\xbb\xbf" + "žena".encode(), None),
        ("žena".encode("iso-8859-2"), "iso-8859-2"),
        ('<html><meta charset="windows-1250"><p>žena</p>'.encode("windows-1250"), None),
        ("žena".encode(), "no-such-charset"),
    ],
)
def test_text_is_decoded_as_the_page_says(content: bytes, charset: str | None) -> None:
    assert capture(content, charset).text == "žena"


def test_spacing_makes_no_difference_to_the_digest() -> None:
    one, other = capture(b"a b\n\nc"), capture(b"<html><div>a  b</div><p>c</p></html>")
    assert one.digest == other.digest != capture(b"a b d").digest
