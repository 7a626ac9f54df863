"""The table of features links each cell of ours to a test that exists, and generating leaves it alone."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

from specloom.generate import generate
from specloom.spec import find_specs

LINK = re.compile(r"\[[^\]]+\]\(([^)#]+)#(test_\w+)\)")


def _rows(root: Path) -> list[list[str]]:
    text = (root / "generated/README.md").read_text("utf-8")
    table = [line for line in text.partition("## What the packages give")[2].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_each_cell_of_ours_links_to_a_test(root: Path) -> None:
    head, _, *rows = _rows(root)
    assert head == ["feature", "ours", "stock", "Stainless", "Speakeasy", "Fern", "Kiota"]
    assert len(rows) > 20
    for row in rows:
        assert len(row) == len(head)
        link = LINK.fullmatch(row[1])
        assert link, row[1]
        module = (root / "generated" / link[1]).resolve()
        tree = ast.parse(module.read_text("utf-8"))
        assert link[2] in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, row[1]


def test_generating_leaves_the_table_alone(root: Path, tmp_path: Path) -> None:
    shutil.copyfile(root / "generated/README.md", tmp_path / "README.md")
    (spec,) = find_specs(["ppl"], folder=root / "specs")
    assert generate([spec], tmp_path, jobs=1)[0].changed
    assert (tmp_path / "README.md").read_bytes() == (root / "generated/README.md").read_bytes()
