"""Is an answer one that the spec documents for its operation."""

from specloom.fuzz.conformance.breach import Breach
from specloom.fuzz.conformance.documented import MAX_SECONDS, AnswerChecker
from specloom.fuzz.conformance.forms import NOW, UUID, WORDS, Formed, difference, time_within
from specloom.fuzz.conformance.leaks import leaks
from specloom.fuzz.conformance.locating import Location, unlocated
from specloom.fuzz.conformance.strict_json import parse_json

__all__ = [
    "MAX_SECONDS", "NOW", "UUID", "WORDS", "AnswerChecker", "Breach", "Formed", "Location", "difference", "leaks",
    "parse_json", "time_within", "unlocated",
]  # fmt: skip
