"""A document that has a parameter in each style, as an array, an object and neither, exploded and not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "array": {"type": "array", "items": {"type": "string"}},
    "object": {"$ref": "#/components/schemas/Color"},
}
_STYLES: Final = {
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "path": ("simple", "label", "matrix"),
    "header": ("simple",),
    "cookie": ("form",),
}


@attrs.frozen
class Way:
    """A way to write a parameter called `color`; `style` is `json` where it has content instead of a schema."""

    location: str
    style: str
    explode: bool
    kind: str

    @property
    def name(self) -> str:
        """The operationId, in which there is but one word for each part."""
        return f"{self.location}_{self.style.lower()}_{'exploded' if self.explode else 'whole'}_{self.kind}"

    @property
    def parameter(self) -> dict[str, Any]:
        """The Parameter Object."""
        named = {"name": "color", "in": self.location, "required": True}
        schema = {"schema": SCHEMAS[self.kind]}
        if self.style == "json":
            return {**named, "content": {"application/json": schema}}
        if self.style == "reserved":
            return {**named, **schema, "explode": self.explode, "allowReserved": True}
        return {**named, **schema, "style": self.style, "explode": self.explode}


def ways() -> Iterator[Way]:
    """Yield every way that OpenAPI 3.1 knows, also those whose text it leaves open."""
    for location, styles in _STYLES.items():
        for style in (*styles, "json", *(("reserved",) if location == "query" else ())):
            for explode in (False, True):
                for kind in SCHEMAS:
                    is_odd = style == "deepObject" and kind != "object"
                    is_odd |= style in {"spaceDelimited", "pipeDelimited"} and kind == "text"
                    if not is_odd and not (style == "json" and explode):
                        yield Way(location, style, explode, kind)


def document() -> dict[str, Any]:
    """Return a document with an operation for each of them."""
    return {
        "openapi": "3.1.0",
        "x-foreign": True,
        "info": {"title": "Colors", "version": "1.0.0"},
        "servers": [{"url": "https://colors.example.com"}],
        "paths": {
            f"/{way.name}{'/{color}' if way.location == 'path' else ''}": {
                "get": {
                    "operationId": way.name,
                    "tags": ["colors"],
                    "parameters": [way.parameter],
                    "responses": {"204": {"description": "Read."}},
                }
            }
            for way in ways()
        },
        "components": {
            "schemas": {
                "Color": {
                    "type": "object",
                    "properties": {name: {"type": "integer", "maximum": 255} for name in "RGB"},
                    "additionalProperties": {"type": "string"},
                }
            }
        },
    }
