"""The templates that take the place of stock ones were made from the stock ones that are installed."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from specloom.generate.templates import OVERRIDES

STOCK = Path(str(files("openapi_python_client") / "templates"))
NAMES = sorted(str(path.relative_to(OVERRIDES)) for path in OVERRIDES.rglob("*.jinja"))


def test_there_are_overrides() -> None:
    assert "model.py.jinja" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_stock_template_is_the_one_that_the_override_was_made_from(name: str) -> None:
    opening = re.match(r"\{# Made from the stock template ([0-9a-f]{64})\s", (OVERRIDES / name).read_text("utf-8"))
    assert opening is not None, f"{name} does not open with the digest of the stock template"
    assert hashlib.sha256((STOCK / name).read_bytes()).hexdigest() == opening[1], (
        f"openapi-python-client has changed its {name}: compare {STOCK / name} with that of the release before, bring "
        f"what has changed into {OVERRIDES / name}, and write the new SHA-256 into its first line"
    )
