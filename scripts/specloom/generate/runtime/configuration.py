"""Take from arguments and from environment variables where a client connects to, and with which credentials."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


def chosen_secret(given: T | None, variable: str) -> T | str | None:
    """Return the credential that was given, or else that in the environment variable, None without either."""
    return given if given is not None else os.environ.get(variable) or None


def chosen_url(
    servers: Mapping[str, str], default: str | None, environment: str | None, base_url: str | None, prefix: str
) -> str:
    """Return the base URL: that given, or that of the server `environment`; else what variables say; else the default.

    The variables are PREFIX_BASE_URL and PREFIX_ENVIRONMENT. Raises ValueError when both are given, there is no such
    environment, the URL is not absolute, or there is none.
    """
    if environment is not None and base_url is not None:
        raise ValueError("give either environment or base_url")
    if environment is None and base_url is None:
        base_url = os.environ.get(f"{prefix}_BASE_URL") or None
        environment = None if base_url else os.environ.get(f"{prefix}_ENVIRONMENT") or None
    if environment is not None and environment not in servers:
        raise ValueError(f"there is no environment {environment!r}, only {', '.join(servers) or 'base_url'}")
    found = base_url or (default if environment is None else servers[environment])
    if found is None:
        raise ValueError(f"give base_url, or set {prefix}_BASE_URL")
    parts = urlsplit(found)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("the base URL must start with http:// or https:// and name a host")
    return found
