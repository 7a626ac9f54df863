"""Serve the files of the console and of Swagger UI, with the headers that keep them to themselves."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from specloom.sandbox.message import Headers, Reply, Request, problem

ASSETS: Final = "/_sandbox/_static/"
"""What the paths of the files start with; no API has a name that starts with an underscore."""

_MEDIA_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_OURS: Final = (
    "answer.js", "api.js", "console.css", "console.js", "control.js", "curl.js", "dom.js", "favicon.svg", "fields.js",
    "form.js", "frame.css", "journal.js", "records.js", "reference.css", "reference.js", "request.js", "seeding.js",
    "stream.js",
)  # fmt: skip
_SWAGGER: Final = {
    "swagger-ui.css": ("css", "swagger-ui.css"),
    "swagger-ui-bundle.js": ("js", "swagger-ui-bundle.js"),
}
# Nothing from elsewhere, no code in pages, and no page of another site around them. Swagger UI writes style attributes
# and has images in its style sheet as data.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHARED: Final[Headers] = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-cache"),
)


class Pages:
    """Serves the pages, which hold no data: they ask the control plane for it."""

    def console(self, request: Request) -> Reply:
        """Return the console."""
        return _file(request, "index.html", (("content-security-policy", _POLICY.format(styles="")),))

    def reference(self, request: Request) -> Reply:
        """Return the page that shows the reference of an API."""
        policy = _POLICY.format(styles=" 'unsafe-inline'")
        return _file(request, "reference.html", (("content-security-policy", policy),))

    def asset(self, request: Request) -> Reply:
        """Return a file whose path starts with `ASSETS`."""
        name = request.path.removeprefix(ASSETS)
        if name not in _OURS and name not in _SWAGGER:
            return problem(404, "the console has no such file")
        if request.method not in {"GET", "HEAD"}:
            return problem(405, "use GET, HEAD", headers=[("allow", "GET, HEAD")])
        return _file(request, name)


def wants_page(request: Request) -> bool:
    """Whether `request` is that of a browser for a page: a GET or HEAD that names HTML in Accept."""
    accepted = ",".join(request.header_values("accept")).lower()
    return request.method in {"GET", "HEAD"} and "text/html" in accepted


def _file(request: Request, name: str, headers: Headers = ()) -> Reply:
    content, tag = _content(name)
    headers = (("etag", tag), *_SHARED, *headers)
    if tag in {each.strip() for line in request.header_values("if-none-match") for each in line.split(",")}:
        return Reply(304, headers)
    return Reply(200, (("content-type", _MEDIA_TYPES[name.rpartition(".")[2]]), *headers), content)


@cache
def _content(name: str) -> tuple[bytes, str]:
    """Return the content of a file and its entity tag (RFC 9110, 8.8.3); a file is read once."""
    content = _source(name).read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def _source(name: str) -> Traversable:
    if name in _SWAGGER:
        # Only the files of this package are of use here; its plugin, which needs Flask, is not imported.
        return resources.files("flask_openapi3_swagger").joinpath("templates", "swagger", *_SWAGGER[name])
    return resources.files("specloom.sandbox.console").joinpath("static", name)
