"""The code that a README shows, made to run against a sandbox."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from specloom.generate.facade.credentials import credentials
from specloom.generate.facade.naming import environment_prefix
from specloom.spec import Api, Credential

_BLOCK: Final = re.compile(r"```python\n(.*?)```", re.DOTALL)
_TEST: Final = re.compile(r"^def test_", re.MULTILINE)
_URL: Final = re.compile(r'base_url="[^"]*"')
_ENVIRONMENT: Final = re.compile(r',?\s*environment="[^"]*"')
_WORDS: Final = {"token": "token", "api_key": "token", "user": "user", "password": "password"}
"""Which part of a credential of the sandbox an argument takes, by the end of its name."""


def snippets(readme: str) -> tuple[list[str], list[str]]:
    """Return the programs that a README shows, and the tests for pytest."""
    blocks = _BLOCK.findall(readme)
    return [each for each in blocks if not _TEST.search(each)], [each for each in blocks if _TEST.search(each)]


def arguments(api: Api) -> dict[str, str]:
    """Return a credential of the sandbox for each argument of the client that takes one, by its name."""
    return {
        each.name: value
        for credential in credentials(api)
        for each in credential.inputs
        if (value := _part(credential.scheme.credentials, each.name)) is not None
    }


def settings(api: Api, base_url: str) -> dict[str, str]:
    """Return the environment variables with which a client of `api` calls a sandbox at `base_url`."""
    given = arguments(api)
    named = {each.variable: given.get(each.name) for credential in credentials(api) for each in credential.inputs}
    return {
        f"{environment_prefix(api)}_BASE_URL": base_url,
        **{name: value for name, value in named.items() if value is not None},
    }


def runnable(code: str, given: Mapping[str, str], base_url: str) -> str:
    """Return a program of a README with the credentials and the URL of a sandbox in place of those it shows.

    An environment that it names is left out; the variable for the base URL counts then.
    """
    code = _URL.sub(f'base_url="{base_url}"', _ENVIRONMENT.sub("", code))
    for name, value in given.items():
        shown = re.compile(rf'(\b{name}=|\bdef current_{name}\(\) -> str:\n\s+return )"your-\w+"')
        code = shown.sub(lambda found, value=value: found[1] + repr(value), code)  # type: ignore[misc]
    return code


def _part(known: tuple[Credential, ...], argument: str) -> str | None:
    credential = next((each for each in known if not each.forbidden), None)
    part = next(part for end, part in _WORDS.items() if argument.endswith(end))
    value = getattr(credential, part, None)
    return None if value is None else str(value)
