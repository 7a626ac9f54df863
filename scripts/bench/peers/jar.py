"""openapi-generator, from its package for Python, and the Java that runs it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bench.peers.python import PEERS, peer_python
from specloom.spec import SpecloomError

GENERATOR: Final = "7.26.0"
"""The version of openapi-generator in the lock file."""


def generator_jar(folder: Path = PEERS) -> tuple[str, Path]:
    """Return the path of Java and that of the archive; install the latter unless it is there. Raises SpecloomError."""
    java = shutil.which("java")
    if java is None:
        raise SpecloomError("there is no Java to run openapi-generator with", remedy="install Java 17")
    packages = peer_python(folder).parent.parent.glob("lib/python*/site-packages/openapi_generator_cli/*.jar")
    found = next(packages, None)
    if found is None:
        raise SpecloomError("openapi-generator-cli has no archive", remedy="remove .cache/bench/peers and try again")
    return java, found
