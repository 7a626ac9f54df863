"""The control plane: who may use it, and which handler answers which operation of its description."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from typing import Final

from specloom.sandbox.bodies import UnsupportedMediaTypeError
from specloom.sandbox.console import ASSETS, Pages, Snippets
from specloom.sandbox.control.access import Access
from specloom.sandbox.control.asked import Asked, Reader
from specloom.sandbox.control.descriptions import Descriptions, control_api
from specloom.sandbox.control.journal import Journal
from specloom.sandbox.control.records import Records
from specloom.sandbox.control.refusals import UnknownError, refused
from specloom.sandbox.message import Reply, Request, problem
from specloom.sandbox.routing import Router
from specloom.sandbox.store import Store
from specloom.spec import Api, Schemas

PREFIX: Final = "/_sandbox/"

_Handler = Callable[[Asked], Awaitable[Reply]]


class ControlPlane:
    """Answers the requests whose path starts with `PREFIX`: those of openapi.yaml, pages, and the files of pages."""

    def __init__(
        self,
        apis: Mapping[str, Api],
        schemas: Mapping[str, Schemas],
        store: Store,
        access: Access,
        snippets: Snippets | None = None,
    ) -> None:
        """Take the APIs by name, their schemas, the store, who may use it, and what writes code for a request."""
        self._apis = apis
        self._access = access
        self._pages = Pages()
        self._closing = False
        records = Records(apis, schemas, store)
        journal = Journal(store, lambda: self._closing)
        descriptions = Descriptions(apis, store, snippets)
        self._handlers: Mapping[str, _Handler] = {
            "addRecords": records.add,
            "describeApi": descriptions.api,
            "describeControl": descriptions.control,
            "describeForms": descriptions.forms,
            "digestRecords": records.digest,
            "listApis": descriptions.overview,
            "listQuestions": descriptions.questions,
            "listRecords": records.read,
            "readJournal": journal.read,
            "resetAll": records.reset_all,
            "resetApi": records.reset,
            "writeSnippet": descriptions.snippet,
        }

    def close(self) -> None:
        """Let all streams end."""
        self._closing = True

    async def handle(self, request: Request) -> Reply:
        """Return the answer to a request whose path starts with `PREFIX`. Raises StoreError.

        Pages and their files are for everybody: they hold nothing, and ask for the control token where it is needed.
        """
        early = self._page(request) or self._access.refusal(request)
        if early is not None:
            return early
        match = self._router.find(request.path)
        if match is None:
            return problem(404, "the control plane has nothing here")
        target = match.route.target(request.method)
        if target is None:
            allowed = match.route.allow
            return problem(405, f"use {allowed}", headers=[("allow", allowed)])
        return await self._answer(request, match.values, *target)

    async def _answer(
        self, request: Request, path_values: Mapping[str, str], reader: Reader, handler: _Handler
    ) -> Reply:
        try:
            asked = reader.read(request, path_values)
            return await handler(asked) if isinstance(asked, Asked) else refused(400, asked)
        except UnsupportedMediaTypeError as error:
            return problem(415, str(error), headers=[error.header])
        except UnknownError as error:
            return problem(404, str(error))

    def console(self, request: Request) -> Reply:
        """Return the console, which also stands at `/`."""
        return self._pages.console(request)

    def _page(self, request: Request) -> Reply | None:
        if request.path.startswith(ASSETS):
            return self._pages.asset(request)
        if request.method not in {"GET", "HEAD"}:
            return None
        match request.path.removeprefix(PREFIX).split("/"):
            case ["console"]:
                return self._pages.console(request)
            case [name, "reference"] if name in self._apis:
                return self._pages.reference(request)
        return None

    @cached_property
    def _router(self) -> Router[tuple[Reader, _Handler]]:
        """The operations of the description, which is read when the first request comes."""
        description = control_api()
        schemas = Schemas(description.document)
        return Router(
            (each.path, each.method, (Reader(description, each, schemas), self._handlers[each.id]))
            for each in description.operations
        )
