"""Write all reports of campaigns into a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from specloom.fuzz.plain import plain
from specloom.fuzz.reports.junit import junit
from specloom.fuzz.reports.page import page
from specloom.fuzz.result import CampaignResult, Failure
from specloom.spec import Place, SpecloomError


def write_reports(folder: Path, results: list[CampaignResult], replays: Mapping[Failure, Path]) -> None:
    """Write campaign.json, junit.xml and index.html; `replays` are the files of failures. Raises SpecloomError."""
    shown = {failure: (path.relative_to(folder).as_posix(), str(path)) for failure, path in replays.items()}
    files = {
        "campaign.json": json.dumps([plain(result) for result in results], indent=1) + "\n",
        "junit.xml": junit(results),
        "index.html": page(results, shown),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise SpecloomError(
            f"the report cannot be written: {error.strerror}", place=Place(folder), remedy="choose another folder"
        ) from None
