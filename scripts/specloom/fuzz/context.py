"""What each part of a campaign is given."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import attrs

from specloom.fuzz.control import ControlPlane
from specloom.fuzz.redaction import Redactor
from specloom.fuzz.result import Event
from specloom.fuzz.settings import CampaignSettings
from specloom.fuzz.targets import Supply
from specloom.fuzz.wire import Wire
from specloom.spec import Api, Credential


@attrs.frozen
class Context:
    """An API, the ways to its server, what may be acted on, and how long.

    `credentials` are those of all tenants, the placeholders `{credential:0}` and so on number them. `control` may be
    one that is not available. `whole` is the API with all of its operations, of which `api` may have some alone.
    `deadline` is a time of `time.monotonic`, None when there is no end.
    """

    api: Api
    settings: CampaignSettings
    wire: Wire
    control: ControlPlane
    supply: Supply
    credentials: tuple[Credential, ...] = attrs.field(repr=False)
    redactor: Redactor
    whole: Api = attrs.field(default=attrs.Factory(lambda self: self.api, takes_self=True), repr=False)
    deadline: float | None = None

    @property
    def seed(self) -> int:
        """What the cases depend on."""
        return self.settings.seed

    @property
    def credential(self) -> Credential:
        """The first credential that may call the operations; one of nobody when there is none."""
        return next((each for each in self.credentials if not each.forbidden), Credential(""))

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.deadline is not None and time.monotonic() >= self.deadline


Part = Callable[[Context], Iterator[Event]]
"""A part of a campaign: it begins with the records as they are seeded where a control plane can bring them back.

It may yield failures with the secrets in them: the campaign takes them out of all that is yielded. It ends early when
the context says that the time is up.
"""
