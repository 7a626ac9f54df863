"""Keep compiled templates: compiling them takes longer than filling them in."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from jinja2 import FileSystemBytecodeCache

# Compiled code depends on what compiles it, and on the settings of openapi-python-client.
_VERSIONS: Final = "-".join(version(each) for each in ("jinja2", "openapi-python-client"))

COMPILED: Final = FileSystemBytecodeCache(pattern=f"specloom-{_VERSIONS}-%s.cache")
"""A store in the user's folder for temporary files; a template whose text changed is compiled again."""
