from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from specloom.cli import main

PAGE = """Open Box
POST
/boxes/open
Body Params application/json
lid
string
required
Maximum length depends
Responses
🟢200Success
🔴500[bold]Oh
"""


def test_a_page_is_printed_as_a_table_with_lines_and_readers(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    done = CliRunner().invoke(main, ["pages", "read", str(tmp_path / "page.txt")])
    assert done.exit_code == 0
    rows = [line.split() for line in done.output.splitlines()]
    assert ["5", "apidog", "member", "request", "$.lid", "type", '"string"'] in rows
    assert "line 8: Maximum length depends (not understood, of $.lid)" in done.output


def test_a_page_is_printed_as_json_from_standard_input() -> None:
    done = CliRunner().invoke(main, ["pages", "read", "--json", "-"], input=PAGE.encode())
    page = json.loads(done.output)
    assert (page["title"], page["reader"]) == ("Open Box", "apidog")
    assert {
        "kind": "operation", "where": "", "name": "POST /boxes/open", "attribute": "exists", "value": True,
        "line": 2, "reader": "apidog",
    } in page["facts"]  # fmt: skip
    assert [remark["line"] for remark in page["not_understood"]] == [8]


def test_text_of_a_page_steers_no_terminal() -> None:
    done = CliRunner().invoke(main, ["pages", "read", "-"], input=b"A \x1b[2Jbox [red]\nGET /b\n")
    assert "\x1b" not in done.output
    assert "box [red]" in done.output


def test_a_file_that_is_not_there_ends_with_2() -> None:
    done = CliRunner().invoke(main, ["pages", "read", "no-such-page.txt"])
    assert (done.exit_code, done.output.startswith("error: no-such-page.txt")) == (2, True)
