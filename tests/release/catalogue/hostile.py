"""Write an API whose spec tries to get markup and code into every place that pages show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

EVIL = "</script></title></pre><script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>'\"&amp;"
MARKDOWN = (
    f"{EVIL}\n\n# <i>Heading</i>\n\n[one](javascript:alert(3)) [two](data:text/html,x) <https://good.example/> "
    "[three](HTTPS://good.example/b) ![image](https://evil.example/i.png) [four](//evil.example) "
    "<b onclick=alert(4)>x</b>"
)


def write_hostile(specs: Path) -> None:
    """Write the API `hostile` into the folder `specs`, with a changelog and pages."""
    folder = specs / "hostile"
    folder.mkdir(parents=True)
    (folder / "openapi.yaml").write_text(yaml.safe_dump(_document(), sort_keys=False), "utf-8")
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## [1.0.0] {EVIL}\n\n{MARKDOWN}\n", "utf-8")
    pages = [{"title": EVIL, "operation": "POST /things/{id}", "url": "javascript:alert(5)", "captured": EVIL}]
    (folder / "pages.yaml").write_text(yaml.safe_dump({"pages": pages}), "utf-8")


def _document() -> dict[str, Any]:
    schema = {
        "type": "object",
        "description": MARKDOWN,
        "required": [EVIL],
        "properties": {
            EVIL: {"type": "string", "description": MARKDOWN, "enum": [EVIL, "plain"], "x-conflict": MARKDOWN},
            "other": {"type": "string", "pattern": "^</script>$", "default": "</script>"},
        },
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    failure = {
        "description": MARKDOWN,
        "content": {"application/json": {**content["application/json"], "example": {EVIL: EVIL, "deep": [EVIL]}}},
    }
    operation = {
        "operationId": "changeThing",
        "tags": ["things"],
        "summary": EVIL,
        "description": MARKDOWN,
        "externalDocs": {"description": EVIL, "url": "javascript:alert(6)"},
        "security": [{"key": []}],
        "parameters": [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": MARKDOWN,
                "schema": {"type": "string"},
                "examples": {"one": {"value": EVIL}},
            }
        ],
        "requestBody": {"description": MARKDOWN, "content": content},
        "responses": {"200": {"description": MARKDOWN, "content": content}, "400": failure},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": EVIL, "x-name": "Hostile", "version": "1.0.0", "summary": EVIL, "description": MARKDOWN},
        "servers": [{"url": "https://api.example.com", "x-name": "production", "description": MARKDOWN}],
        "tags": [{"name": "things", "description": MARKDOWN}],
        "paths": {"/things/{id}": {"post": operation}},
        "components": {
            "schemas": {"Thing": schema},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": MARKDOWN}},
        },
    }
