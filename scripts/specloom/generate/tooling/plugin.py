"""Write the fixtures of a package for pytest."""

from __future__ import annotations

from specloom.generate.facade import Facade
from specloom.generate.naming import Names
from specloom.generate.tooling.templates import render


def plugin_module(facade: Facade, names: Names) -> str:
    """Return the module with the fixtures, which are named after the API: `shop` and `async_shop`."""
    fixture = names.api.replace("-", "_")
    return render("pytest_plugin.py", facade=facade, fixture=fixture, arguments=_arguments(facade, fixture))


def _arguments(facade: Facade, fixture: str) -> str:
    """Return the arguments that make a client which needs nothing of the environment and calls no real server."""
    inputs = [each.name for credential in facade.credentials for each in credential.inputs]
    return ", ".join(
        [
            *(f'{name}="test-{name}"' for name in inputs),
            # RFC 6761, section 6.2: no real server has a name below .test.
            f'base_url="https://{fixture.replace("_", "-")}.test"',
            f"transport={fixture}_transport",
            "retries=RetryPolicy(first_delay=0.0)",
        ]
    )
