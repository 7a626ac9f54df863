"""Sign a spec that was adopted, so that its next edition does not take the place of what somebody wrote into it."""

from __future__ import annotations

import re
from typing import Any, Final

import attrs

from specloom.spec.document import Document
from specloom.spec.foreign.writing import write

_SIGNED: Final = "# Made by `specloom adopt`, digest {}: --update replaces it unless it was edited.\n"
_SIGNATURE: Final = re.compile(_SIGNED.format("([0-9a-f]+)"))


def signed(document: Document) -> str:
    """Return an adopted document as YAML that says what it is."""
    return _SIGNED.format(_digest(document)) + write(document.data)


def was_edited(document: Document) -> bool:
    """Return whether an adopted document says anything else than what was adopted."""
    signature = _SIGNATURE.match(document.source.text)
    return signature is None or signature[1] != _digest(document)


def _digest(document: Document) -> str:
    # A release raises the version of a spec; that is no edit by hand.
    data: dict[str, Any] = {**document.data, "info": {**document.data["info"], "version": ""}}
    return attrs.evolve(document, data=data).digest()
