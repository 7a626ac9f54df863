"""Make the pydantic models of an API."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import attrs

from specloom.generate.prepared import Modelled
from specloom.generate.result import Loss
from specloom.spec import Api, SpecloomError
from specloom.spec.vocabulary import is_foreign

_ADVICE: Final = "write the schemas in a way that datamodel-code-generator can read"
_CLASS: Final = re.compile(r"^class \w+[(:]", re.MULTILINE)


@attrs.frozen
class Models:
    """A module of pydantic models, and what they do not check; no module when it could not be made."""

    module: str | None = attrs.field(repr=False)
    losses: tuple[Loss, ...] = ()

    @property
    def count(self) -> int:
        """The number of models."""
        return len(_CLASS.findall(self.module or ""))


def make_models(api: Api, modelled: Modelled, write: Callable[[Modelled], str]) -> Models:
    """Return the pydantic models that `write` makes of `modelled`, the schemas of `api`.

    When datamodel-code-generator fails, there is no module for a foreign spec, which is told; for others,
    SpecloomError is raised.
    """
    try:
        return Models(write(modelled), modelled.losses)
    except (OSError, SpecloomError):
        raise
    except Exception as error:  # whatever it trips over, that is all there is to say to the author of the spec
        reason = f"datamodel-code-generator failed: {error!r}"
        if is_foreign(api.document):
            return Models(None, (Loss("models", "/components/schemas", "the pydantic models", reason),))
        raise api.document.error(reason, "/components/schemas", _ADVICE) from error
