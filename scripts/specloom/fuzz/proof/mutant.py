"""One server that breaks one rule."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import attrs

from specloom.fuzz.proof.serving import Change, wrapped
from specloom.fuzz.rules import Rule
from specloom.fuzz.wire import AsgiApp
from specloom.spec import Api

MakeApp = Callable[[Api], AsgiApp]
"""Makes an app that serves one API, such as that of the sandbox, with fresh records."""


@attrs.frozen
class Mutant:
    """A server in which `rule` does not hold: `text` says what it does instead.

    It follows the spec of `api`, which may be a changed one, and `change`, if there is one, sits around it.
    `equivalent` is the reason why no request could tell it from a server that is right, where that is known before.
    With a `status`, it changes answers of the operation with that status, and no others.
    """

    rule: Rule
    text: str
    api: Api = attrs.field(repr=False)
    change: Change | None = attrs.field(default=None, repr=False)
    equivalent: str = ""
    status: str = ""

    @property
    def id(self) -> str:
        """The id of its rule, and what tells it from the other mutants of that rule."""
        return f"{self.rule.id}-{hashlib.sha256(self.text.encode()).hexdigest()[:4]}"

    def app(self, make_app: MakeApp) -> AsgiApp:
        """Return a new server."""
        app = make_app(self.api)
        return app if self.change is None else wrapped(app, self.change)
