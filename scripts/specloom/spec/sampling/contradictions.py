"""Find the schemas of foreign specs that contradict themselves, such that nothing satisfies them."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from specloom.spec.api import Api
from specloom.spec.sampling.sampler import NoValueError, Sampler
from specloom.spec.vocabulary import is_foreign

_SEED: Final = "contradictions"


class Contradictions(Container[str]):
    """Tells of each schema of an API whether any value satisfies it, as far as some are found by trying.

    Only foreign specs can have such schemas: in others, examples show that each can be met.
    """

    def __init__(self, api: Api) -> None:
        """Take the API."""
        self._is_foreign = is_foreign(api.document)
        self._sampler = Sampler(api.document, api.schemas)
        self._known: dict[str, bool] = {}

    def __contains__(self, schema_pointer: object) -> bool:
        """Say whether no value was found for the schema at `schema_pointer`."""
        if not self._is_foreign or not isinstance(schema_pointer, str):
            return False
        if schema_pointer not in self._known:
            try:
                self._sampler.sample(schema_pointer, _SEED, examples=True)
            except NoValueError:
                self._known[schema_pointer] = True
            else:
                self._known[schema_pointer] = False
        return self._known[schema_pointer]
