"""Load, resolve and lint specs; operations, constraints and behaviours as plain values."""

from specloom.spec.api import Api, Credential, Operation, Parameter, Response, SecurityScheme
from specloom.spec.document import Document
from specloom.spec.errors import Place, SpecloomError
from specloom.spec.finding import Finding
from specloom.spec.folder import find_specs
from specloom.spec.loading import load_api
from specloom.spec.reading import load
from specloom.spec.schemas import Schemas

__all__ = [
    "Api",
    "Credential",
    "Document",
    "Finding",
    "Operation",
    "Parameter",
    "Place",
    "Response",
    "Schemas",
    "SecurityScheme",
    "SpecloomError",
    "find_specs",
    "load",
    "load_api",
]
