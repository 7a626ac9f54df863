"""format: the kind of string or number (JSON Schema 2020-12 validation, 7.3, and the registry of OpenAPI)."""

from __future__ import annotations

from typing import Final

from specloom.release.compat.rules.families.texts import conforming

# What conforms to a format conforms to these too.
_WIDER: Final = {
    "int8": {"int16", "int32", "int64"},
    "int16": {"int32", "int64"},
    "int32": {"int64"},
    "uint8": {"int16", "uint16", "int32", "uint32", "int64", "uint64"},
    "uint16": {"int32", "uint32", "int64", "uint64"},
    "uint32": {"int64", "uint64"},
    "float": {"double"},
    "email": {"idn-email"},
    "hostname": {"idn-hostname"},
    "iri": {"iri-reference"},
    "uri": {"iri", "iri-reference", "uri-reference"},
    "uri-reference": {"iri-reference"},
}


def _implies(one: str, other: str) -> bool:
    return one == other or other in _WIDER.get(one, ())


RULE: Final = conforming("format", "format", frozenset({"number", "string"}), _implies)
