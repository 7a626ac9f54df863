"""Write the values of a document down again, so that they can be read as YAML."""

from __future__ import annotations

import json
import re
from typing import Any, Final

# What YAML forbids, or takes for a line break, between quotes (YAML 1.2, 5.1 and 5.4); JSON allows it.
_ESCAPED: Final = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def rewritten(data: Any) -> str:
    """Return JSON values as text that is both JSON and YAML; no file in UTF-8 has surrogates."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=False))
