"""Write the code that sends a given request with the package of an API, as its README shows it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

from specloom.generate import snippet
from specloom.generate.client import read_client
from specloom.generate.facade import plan
from specloom.generate.facade.examples import Values
from specloom.generate.facade.plan import Facade
from specloom.generate.naming import names_of
from specloom.generate.tidying import formatted
from specloom.spec import Api, Operation


class RequestWriter:
    """Writes code for requests; how the package of an API is called is found out once. Threads may share it."""

    def __init__(self) -> None:
        self._facades: dict[str, Facade] = {}
        self._lock = threading.Lock()

    def write(self, api: Api, operation: Operation, given: Mapping[str, Any]) -> str:
        """Return the code that sends a request for `operation` of `api` to a sandbox.

        Of what is `given`, `path`, `query`, `header` and `cookie` have the parameters by name, `body` the value of the
        body; `base_url` and `tenant` say where it is sent and by whom. Raises SpecloomError when no client can be made.
        """
        names = names_of(api.document.path)
        facade = self._facade(api)
        group, method = next(each for each in facade.methods if each[1].operation.id == operation.id)
        parameters = {
            (location, name): value
            for location in ("path", "query", "header", "cookie")
            for name, value in given.get(location, {}).items()
        }
        shown = snippet.Shown(api, facade, group, method, names, Values(parameters, given.get("body")))
        code = snippet.sandbox(shown, given.get("base_url"), given.get("tenant"))
        return formatted({"request": code})["request"]

    def _facade(self, api: Api) -> Facade:
        with self._lock:
            if api.name not in self._facades:
                client = read_client(api, names_of(api.document.path))
                self._facades[api.name] = plan(client)
            return self._facades[api.name]


_WRITER: Final = RequestWriter()


def write_request(api: Api, operation: Operation, given: Mapping[str, Any]) -> str:
    """Return the code that sends a request, as `RequestWriter.write`; one writer serves the whole process."""
    return _WRITER.write(api, operation, given)
