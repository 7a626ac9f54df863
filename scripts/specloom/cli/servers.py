"""The servers that proofs and campaigns are handed; the processes that work on them import these functions."""

from __future__ import annotations

from typing import cast

from specloom.fuzz.wire import AsgiApp
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api


def make_app(api: Api) -> AsgiApp:
    """Return a sandbox of one API with fresh records."""
    return Sandbox([api])


def serve(app: AsgiApp) -> RunningSandbox:
    """Serve an app over HTTP."""
    return RunningSandbox(cast("Sandbox", app))  # it serves any ASGI app


def serve_api(api: Api) -> RunningSandbox:
    """Serve a sandbox of one API over HTTP."""
    return RunningSandbox(Sandbox([api]))
