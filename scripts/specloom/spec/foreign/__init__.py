"""Make one OpenAPI 3.1 document of anybody's OpenAPI 3.0 or 3.1 document, however many files it is spread over."""

from specloom.spec.foreign.adopting import Adopted, adopt
from specloom.spec.foreign.edition import signed, was_edited
from specloom.spec.foreign.note import Note
from specloom.spec.foreign.writing import write

__all__ = ["Adopted", "Note", "adopt", "signed", "was_edited", "write"]
