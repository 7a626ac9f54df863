"""Write values as requests carry them: parameters by their styles, bodies by their media types."""

from specloom.fuzz.writing.bodies import Written, as_json, chosen, is_json, write_body
from specloom.fuzz.writing.parameters import cookie_text, header_text, path_text, query_text, text_of

__all__ = [
    "Written",
    "as_json",
    "chosen",
    "cookie_text",
    "header_text",
    "is_json",
    "path_text",
    "query_text",
    "text_of",
    "write_body",
]
