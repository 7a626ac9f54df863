"""Write campaigns as a page that needs nothing besides itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import jinja2

from specloom.fuzz.reports.shown import answer_text, request_text, step_line, verdict, visible
from specloom.fuzz.result import CampaignResult, Failure

_CLASSES: Final = {"passed": "good", "failed": "bad", "stopped": "warn"}


def page(results: list[CampaignResult], replays: Mapping[Failure, tuple[str, str]]) -> str:
    """Return the HTML; `replays` has the file of each failure: relative to the page, and as the shell is given it."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("specloom.fuzz.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": visible,
        "request_text": request_text,
        "answer_text": answer_text,
        "step_line": step_line,
        "verdict": verdict,
        "verdict_class": lambda result: _CLASSES[verdict(result)],
    }
    return environment.get_template("campaign.html.jinja").render(results=results, replays=replays)
