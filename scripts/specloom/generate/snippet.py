"""Write the Python code that a README shows, unformatted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import attrs

from specloom.generate.facade.examples import Code, Values, call
from specloom.generate.facade.plan import Credential, Facade, Group, Method
from specloom.generate.naming import Names
from specloom.spec import Api

SANDBOX: Final = "http://127.0.0.1:8000"
"""Where `specloom sandbox` serves unless it is told otherwise."""


@attrs.define(slots=False)
class Shown:
    """The method that is shown, and what else there is to know."""

    api: Api
    facade: Facade
    group: Group
    method: Method
    names: Names
    values: Values | None = None

    @cached_property
    def arguments(self) -> Code:
        """The arguments of the call, made of the values, by default those of the examples of the spec."""
        return call(self.api, self.method, self.names.package, self.values, self.facade.classes)

    @property
    def credentials(self) -> list[str]:
        """The arguments of a client that are the credentials which the method takes first."""
        needed = next(iter(self.method.operation.security), ())
        used = [each for each in self.facade.credentials if each.scheme.name in needed]
        return [text for each in used for text in _given(each)]

    @property
    def client_arguments(self) -> list[str]:
        """The arguments of a client: credentials, and the server for tests if there is one."""
        has_testing = any(each.name == "testing" for each in self.facade.environments)
        return [*self.credentials, *(["environment='testing'"] if has_testing else [])]

    def called(self, *further: str, suffix: str = "") -> str:
        """Return the call of the method, or of its twin, with further arguments."""
        given = ", ".join(text for text in (self.arguments.text, *further) if text)
        return f"api.{self.group.name}.{self.method.name}{suffix}({given})"

    def module(self, used: Iterable[str], lines: Iterable[str]) -> str:
        """Return a module that imports what it uses of the package and what the arguments need."""
        return "\n".join([f"from {self.names.package} import {', '.join(used)}", *self.arguments.imports, "", *lines])


def sync(shown: Shown) -> str:
    """Return code that calls the method and prints what comes back."""
    name = shown.facade.class_name
    lines = [f"with {name}({', '.join(shown.client_arguments)}) as api:", *_indented(_printed(shown, shown.called()))]
    return shown.module([name], lines)


def asynchronous(shown: Shown) -> str:
    """Return code that does the same in a coroutine."""
    name = shown.facade.async_class_name
    calls = [
        f"async with {name}({', '.join(shown.client_arguments)}) as api:",
        *_indented(_printed(shown, f"await {shown.called()}")),
    ]
    lines = ["async def main() -> None:", *_indented(calls), "", "asyncio.run(main())"]
    return f"import asyncio\n{shown.module([name], lines)}"


def authenticate(shown: Shown) -> str:
    """Return code that gives the credentials of the method by functions."""
    name = shown.facade.class_name
    given = [each.partition("=") for each in shown.credentials]
    functions = [f"def current_{argument}() -> str:\n    return {value}\n\n" for argument, _, value in given]
    arguments = ", ".join(f"{argument}=current_{argument}" for argument, _, _ in given)
    lines = [*functions, f"with {name}({arguments}) as api:", *_indented(_printed(shown, shown.called()))]
    return shown.module([name], lines)


def errors(shown: Shown) -> str:
    """Return code that tells the errors of the method apart."""
    name = shown.facade.class_name
    documented = [error.class_name for error in shown.method.errors][:1]
    lines = [
        f"with {name}({', '.join(shown.client_arguments)}) as api:",
        "    try:",
        f"        {shown.called()}",
        *(line for each in documented for line in (f"    except {each} as error:", "        print(error.body)")),
        "    except ApiError as error:",
        "        print(error, error.may_have_been_applied)",
    ]
    return shown.module(["ApiError", *documented, name], lines)


def retries(shown: Shown) -> str:
    """Return code that sets how calls, and one call, are timed and repeated."""
    name = shown.facade.class_name
    given = ", ".join([*shown.client_arguments, "deadline=60", "retries=RetryPolicy(attempts=5)"])
    lines = [
        f"with {name}({given}) as api:",
        f"    response = {shown.called('options=CallOptions(timeout=5)', suffix='_with_response')}",
        "    print(response.status_code, response.attempts, response.elapsed)",
    ]
    return shown.module(["CallOptions", "RetryPolicy", name], lines)


def sandbox(shown: Shown, base_url: str | None = None, tenant: str | None = None) -> str:
    """Return code that calls the method of a sandbox at `base_url` with a credential of `tenant`, by default the first.

    For a tenant that has none, the credential is left to the reader.
    """
    name = shown.facade.class_name
    public = list(_public(shown, tenant))
    given = [
        f"{each.split('=')[0]}={public[index]!r}" if index < len(public) else each
        for index, each in enumerate(shown.credentials)
    ]
    url = f"base_url={base_url or f'{SANDBOX}/{shown.names.api}'!r}"
    lines = [f"with {name}({', '.join([*given, url])}) as api:", *_indented(_printed(shown, shown.called()))]
    return shown.module([name], lines)


def testing(shown: Shown) -> str:
    """Return a test for pytest that lets the call fail without a server."""
    fixture = shown.names.api.replace("-", "_")
    called = f"{fixture}.{shown.called().removeprefix('api.')}"
    lines = [
        f"def test_no_connection_is_an_error({fixture}, {fixture}_transport):",
        f"    {called}",
        f"    {fixture}_transport.fail('{shown.group.name}.{shown.method.name}')",
        "    with pytest.raises(ApiConnectionError):",
        f"        {called}",
        f"    assert {fixture}_transport.requests[0].method == {shown.method.operation.method.upper()!r}",
    ]
    return f"import pytest\n{shown.module(['ApiConnectionError'], lines)}"


def _public(shown: Shown, tenant: str | None) -> Iterator[str]:
    """Yield the credentials of a tenant of the sandbox, by default the first, in the order of the arguments."""
    for name in next(iter(shown.method.operation.security), ()):
        known = [each for each in shown.api.security_schemes[name].credentials if tenant in {None, each.tenant}]
        for credential in known[:1]:
            yield from [each for each in (credential.token, credential.user, credential.password) if each is not None]


def _given(credential: Credential) -> Iterator[str]:
    words = {"bearer": ("token",), "basic": ("user", "password"), "key": ("key",)}[credential.kind]
    for each, word in zip(credential.inputs, words, strict=True):
        yield f"{each.name}='your-{word}'"


def _printed(shown: Shown, expression: str) -> list[str]:
    if shown.method.returns.code == "None":
        return [expression]
    return [f"result = {expression}", "print(result)"]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
