"""A path is found by its template; what is written out wins over what is a parameter."""

from __future__ import annotations

import pytest

from specloom.sandbox.routing import Router

ROUTER = Router(
    (path, "get", path)
    for path in ("/{a}", "/{a}/{b}", "/x/{b}", "/x/y", "/{a}/y", "/f/{a}.json", "/f/{a}", "/r/{a}-{b}", "/")
)


@pytest.mark.parametrize(
    ("path", "template", "values"),
    [
        ("/", "/", {}),
        ("/1", "/{a}", {"a": "1"}),
        ("/x/y", "/x/y", {}),
        ("/x/1", "/x/{b}", {"b": "1"}),
        ("/1/y", "/{a}/y", {"a": "1"}),
        ("/1/2", "/{a}/{b}", {"a": "1", "b": "2"}),
        ("/f/1.json", "/f/{a}.json", {"a": "1"}),
        ("/f/1.xml", "/f/{a}", {"a": "1.xml"}),
        ("/r/1-2", "/r/{a}-{b}", {"a": "1", "b": "2"}),
        ("/%C3%A4%2Fb", "/{a}", {"a": "%C3%A4%2Fb"}),
    ],
)
def test_a_path_leads_to_its_template(path: str, template: str, values: dict[str, str]) -> None:
    match = ROUTER.find(path)
    assert match is not None
    assert (match.route.target("GET"), match.values) == (template, values)


@pytest.mark.parametrize("path", ["", "/a/", "//", "/a/b/c", "/%ff"])
def test_what_no_template_fits_is_not_found(path: str) -> None:
    assert ROUTER.find(path) is None
