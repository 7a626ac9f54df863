"""Write the signatures of methods and of the client."""

from __future__ import annotations

import builtins
from typing import Final

from specloom.generate.facade.annotations import replace_names
from specloom.generate.facade.plan import Argument, Facade, Group, Method

_BUILTINS: Final = frozenset(dir(builtins))


def parameters(group: Group, method: Method) -> list[str]:
    """Return the parameters of a method: those of the path by position, all others by name, the call's options last."""
    positional = [_parameter(group, each) for each in method.arguments if each.positional]
    named = [_parameter(group, each) for each in method.arguments if not each.positional]
    return ["self", *positional, "*", *named, "options: CallOptions | None = None"]


def passed(method: Method) -> list[str]:
    """Return the arguments that hand over what a method was given to its twin."""
    names = [each.name if each.positional else f"{each.name}={each.name}" for each in method.arguments]
    return [*names, "options=options"]


def in_group(group: Group, code: str) -> str:
    """Return a type as the methods of `group` can write it: one of them may be called `list`, as the type is."""
    names = {method.name for method in group.methods} & _BUILTINS
    return replace_names(code, lambda name: f"builtins.{name}" if name in names else name) if names else code


def uses_builtins(facade: Facade) -> bool:
    """Whether a method has the name of a built-in type."""
    return any(method.name in _BUILTINS for _, method in facade.methods)


def client_parameters(facade: Facade, *, is_async: bool) -> list[str]:
    """Return the parameters of the client: credentials, server, how calls are made."""
    prefix = "Async" if is_async else ""
    names = [each.name for credential in facade.credentials for each in credential.inputs]
    environments = ", ".join(repr(each.name) for each in facade.environments)
    return [
        "self",
        "*",
        *(f"{name}: {prefix}Secret | None = None" for name in names),
        *([f"environment: Literal[{environments}] | None = None"] if environments else []),
        "base_url: str | None = None",
        "timeout: float | None = None",
        "deadline: float | None = None",
        "retries: RetryPolicy | None = None",
        "headers: Mapping[str, str] | None = None",
        f"http_client: httpx.{prefix}Client | None = None",
        f"transport: httpx.{prefix or 'Base'}{'BaseTransport' if is_async else 'Transport'} | None = None",
        "validate: bool = False",
    ]


def _parameter(group: Group, argument: Argument) -> str:
    default = "" if argument.default is None else f" = {argument.default}"
    return f"{argument.name}: {in_group(group, argument.declared)}{default}"
