"""The pages of a package index, as HTML (PEP 503, 592, 658, 714) and as JSON (PEP 691, 700)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any, Final

import attrs

_API: Final = {"api-version": "1.1"}
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="pypi:repository-version" content="1.1">
<title>{title}</title>
</head>
<body>
{lines}</body>
</html>
"""


@attrs.frozen
class Archive:
    """A file of a release. `metadata` is the SHA-256 of its core metadata beside it, None where there are none.

    `yanked` is the reason why it must not be chosen, "" for none given, None when it may be; `size` counts bytes, and
    `uploaded` is a time of RFC 3339.
    """

    name: str
    version: str
    digest: str
    size: int
    requires_python: str
    metadata: str | None
    yanked: str | None
    uploaded: str


def root_html(projects: Sequence[str]) -> str:
    """Return the page that lists the projects."""
    return _html("Packages", [f'<a href="{escape(name)}/">{escape(name)}</a><br>' for name in projects])


def root_json(projects: Sequence[str]) -> str:
    """Return the same as JSON."""
    return _json({"meta": _API, "projects": [{"name": name} for name in projects]})


def project_html(name: str, archives: Sequence[Archive]) -> str:
    """Return the page that lists the files of a project."""
    return _html(name, [_anchor(each) for each in archives])


def project_json(name: str, archives: Sequence[Archive]) -> str:
    """Return the same as JSON."""
    versions = list(dict.fromkeys(each.version for each in archives))
    return _json({"meta": _API, "name": name, "versions": versions, "files": [_file(each) for each in archives]})


def _anchor(archive: Archive) -> str:
    attributes = {
        "href": f"{archive.name}#sha256={archive.digest}",
        "data-requires-python": archive.requires_python,
        "data-core-metadata": None if archive.metadata is None else f"sha256={archive.metadata}",
        "data-yanked": archive.yanked,
    }
    given = " ".join(f'{key}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    return f"<a {given}>{escape(archive.name)}</a><br>"


def _file(archive: Archive) -> dict[str, Any]:
    return {
        "filename": archive.name,
        "url": archive.name,
        "hashes": {"sha256": archive.digest},
        "requires-python": archive.requires_python,
        "core-metadata": False if archive.metadata is None else {"sha256": archive.metadata},
        "yanked": False if archive.yanked is None else archive.yanked or True,
        "size": archive.size,
        "upload-time": archive.uploaded,
    }


def _html(title: str, lines: Sequence[str]) -> str:
    return _PAGE.format(title=escape(title), lines="".join(f"{line}\n" for line in lines))


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
