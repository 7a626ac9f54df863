"""Find the credentials that the placeholders of a replay stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from specloom.fuzz.identity import in_spec
from specloom.fuzz.result import KnownCredential
from specloom.spec import Api, Credential, SpecloomError


def credentials_again(
    api: Api,
    known: Sequence[KnownCredential],
    given: Credential | None,
    listed: Sequence[Credential],
    environment: Mapping[str, str],
) -> tuple[Credential, ...]:
    """Return the credentials in the order of `known`: the one given, those listed, in `environment`, or in the spec.

    The one given is that of the first tenant. Raises SpecloomError when one is nowhere.
    """
    return tuple(_found(api, each, index, given, listed, environment) for index, each in enumerate(known))


def _found(  # noqa: PLR0913, PLR0917 - where it may be
    api: Api,
    known: KnownCredential,
    index: int,
    given: Credential | None,
    listed: Sequence[Credential],
    environment: Mapping[str, str],
) -> Credential:
    is_first = known.variable in {"SPECLOOM_TOKEN", "SPECLOOM_PASSWORD"}
    if given is not None and is_first:
        return Credential(known.tenant, given.token, given.user, given.password, known.forbidden)
    if index < len(listed):
        return listed[index]
    secret = environment.get(known.variable)
    if secret:
        if "PASSWORD" not in known.variable:
            return Credential(known.tenant, secret, forbidden=known.forbidden)
        user = environment.get(known.variable.replace("PASSWORD", "USER", 1))
        return Credential(known.tenant, None, user, secret, known.forbidden)
    stated = in_spec(api)
    if known.in_spec is not None and known.in_spec < len(stated):
        return stated[known.in_spec]
    raise SpecloomError(
        f"the credential of {known.tenant or 'the first tenant'} is not known",
        remedy=f"set {' and '.join(_variables(known))}, or give --credentials FILE",
    )


def _variables(known: KnownCredential) -> Iterator[str]:
    if "PASSWORD" in known.variable:
        yield known.variable.replace("PASSWORD", "USER", 1)
    yield known.variable
