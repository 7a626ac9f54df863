"""Another version is written into a spec without touching anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom.release.spec_version import with_version
from specloom.spec import SpecloomError, find_specs
from specloom.spec.reading import parse

REST = "openapi: 3.1.0  # ours\ninfo:\n  title: 'A: b'   # kept\n  version: {}\n  x-old: 1.0.0\npaths: {{}}\n"


def _changed(text: str) -> str:
    return with_version(parse(text, Path("openapi.yaml")), text, "1.2.0")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.0.0", "1.2.0"),
        ("'1.0.0'", "'1.2.0'"),
        ('"1.0.0"  # a remark, ä', '"1.2.0"  # a remark, ä'),
        ("&v 1.0.0", "&v 1.2.0"),
        (">-\n    1.0.0", ">-\n    1.2.0"),
    ],
    ids=["plain", "single", "double", "anchor", "folded"],
)
def test_the_version_alone_changes(before: str, after: str) -> None:
    assert _changed(REST.format(before)) == REST.format(after)


def test_line_ends_and_what_comes_before_do_not_matter() -> None:
    text = "# ä 𝄞 €\n" + REST.format("1.0.0")
    assert _changed(text.replace("\n", "\r\n")) == text.replace("version: 1.0.0", "version: 1.2.0").replace(
        "\n", "\r\n"
    )


def test_json_is_changed_as_well() -> None:
    text = '{"info": {"version": "1.0.0", "title": "1.0.0"}, "openapi": "3.1.0"}'
    assert _changed(text) == text.replace('"version": "1.0.0"', '"version": "1.2.0"')


def test_the_same_version_changes_nothing() -> None:
    text = REST.format('"1.2\\u002e0"')
    assert _changed(text) == text


@pytest.mark.parametrize(
    "text",
    [REST.format("*old").replace("title: 'A: b'", "title: &old 1.0.0"), REST.format('"1.0\\u002e0"')],
    ids=["alias", "escape"],
)
def test_what_cannot_be_replaced_is_said(text: str) -> None:
    with pytest.raises(SpecloomError, match=r"openapi.yaml:4 #/info/version: this version cannot be replaced"):
        _changed(text)


def test_the_specs_here_can_be_changed(root: Path) -> None:
    for path in find_specs(folder=root / "specs"):
        text = path.read_bytes().decode()
        changed = with_version(parse(text, path), text, "98.76.54")
        lines = list(zip(text.splitlines(), changed.splitlines(), strict=True))
        assert [after.strip() for before, after in lines if before != after] == ["version: 98.76.54"]
