"""What is logged: one line for each attempt, and nothing of a credential."""

from __future__ import annotations

import logging
import re
from typing import Any

import httpx


class CallLog:
    """Logs attempts (DEBUG) and repeats (INFO) under the name of the package."""

    __slots__ = ("_logger",)

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def answered(self, method: str, url: str, status: int, seconds: float, attempt: int) -> None:
        """Log an answer; `url` is without credentials."""
        if self._logger.isEnabledFor(logging.DEBUG):
            self._logger.debug("%s %s: %d after %.0f ms (attempt %d)", method, url, status, seconds * 1000, attempt)

    def failed(self, method: str, url: str, failure: str, seconds: float, attempt: int) -> None:
        """Log that an attempt ended without an answer."""
        if self._logger.isEnabledFor(logging.DEBUG):
            self._logger.debug("%s %s: %s after %.0f ms (attempt %d)", method, url, failure, seconds * 1000, attempt)

    def repeated(self, method: str, url: str, wait: float, attempt: int) -> None:
        """Log that a request is sent again after `wait` seconds."""
        if self._logger.isEnabledFor(logging.INFO):
            self._logger.info("%s %s is sent again in %.1f s (attempt %d)", method, url, wait, attempt)


class _QueryFilter(logging.Filter):
    """Hides the value of a query parameter in the lines in which httpx tells the URL of each request."""

    def __init__(self, parameter: str) -> None:
        super().__init__()
        self.parameter = parameter
        name = re.escape(str(httpx.QueryParams({parameter: ""})).rstrip("="))
        self._value = re.compile(rf"(?<=[?&]{name}=)[^&#\s\"]*")

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, rewritten."""
        if isinstance(record.args, tuple):
            record.args = tuple(self._hidden(each) for each in record.args)
        return True

    def _hidden(self, value: Any) -> Any:
        return self._value.sub("[hidden]", str(value)) if isinstance(value, httpx.URL | str) else value


def hide_in_query(parameter: str) -> None:
    """Keep the value of this query parameter, a credential, out of httpx's log from now on."""
    logger = logging.getLogger("httpx")
    if not any(isinstance(each, _QueryFilter) and each.parameter == parameter for each in logger.filters):
        logger.addFilter(_QueryFilter(parameter))
