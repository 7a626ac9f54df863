"""Show the results of campaigns, and write their reports and the files of their failures."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from specloom.cli import options
from specloom.fuzz import CampaignResult, Failure
from specloom.fuzz.replay import write_replays
from specloom.fuzz.reports import plain, show, write_reports

REPLAYS: Final = Path(".cache/fuzz")
"""Where the files of failures go when no folder is named for reports."""


def report(
    results: list[CampaignResult], folder: Path | None = None, *, base_url: str | None = None, as_json: bool = False
) -> None:
    """Print the results, and write them into a folder if one is named. Raises SpecloomError when it cannot be.

    `base_url` is that of a server of the user's; a sandbox that was started for the run has none that would last.
    """
    if not results and not as_json:
        return  # a dry run: the plan is all there is to tell
    replays = save(results, folder if results else None, base_url=base_url)
    if as_json:
        options.print_json([plain(result) for result in results])
    else:
        show(options.console(), results, replays)


def save(results: list[CampaignResult], folder: Path | None, *, base_url: str | None) -> dict[Failure, Path]:
    """Write the files of all failures, and all reports if a folder is named; return the files."""
    replays: dict[Failure, Path] = {}
    for result in results:
        replays |= write_replays(REPLAYS if folder is None else folder / "replays", result, base_url=base_url)
    if folder is not None:
        write_reports(folder, results, replays)
    return replays
