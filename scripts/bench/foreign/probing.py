"""Ask a sandbox each operation of a spec once and see what it answers: `python -m bench.foreign.probing NAME`.

The requests are those of schemathesis, which knows nothing of how the sandbox works; it judges the answers too.
"""

from __future__ import annotations

import base64
import json
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import requests
import schemathesis
import schemathesis.specs.openapi.checks  # it registers them
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Err

from specloom.sandbox import SandboxProcess
from specloom.spec import Api, Operation, find_specs, load_api

_CHECKS = CHECKS.get_by_names(
    [
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)
_TRIES = 3
_PATIENCE = 30.0
_SETTINGS = settings(
    max_examples=_TRIES,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def main() -> int:
    """Print a line of JSON for each operation: [operation, "" or why it did not answer its documented success]."""
    warnings.simplefilter("ignore")
    path = find_specs([sys.argv[1]])[0]
    api = load_api(path)
    with SandboxProcess([path]) as sandbox:
        for line in probe(api, f"{sandbox.url}/{api.name}"):
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    return 0


def probe(api: Api, url: str) -> Iterator[tuple[str, str]]:
    """Yield each operation (`GET /path`) with "" when it answered as documented, or else with what was wrong."""
    config = SchemathesisConfig.from_dict({"base-url": url, "warnings": False})
    schema = schemathesis.openapi.from_dict(api.document.data, config=config)
    known = {operation.label: operation for operation in api.operations}
    for result in schema.get_all_operations():
        if isinstance(result, Err):
            error = result.err()
            yield error.label, f"schemathesis: {str(error)[:200]}"
            continue
        found = result.ok()
        operation = known.get(found.label)
        yield found.label, "no such operation" if operation is None else _asked(api, operation, found)


def _asked(api: Api, operation: Operation, found: Any) -> str:
    """Return "" when one of a few valid requests had a documented success that its schema allows."""
    if not any(status.startswith("2") for status in operation.responses):
        successes = {"default", *(status for status in operation.responses if status.startswith(("1", "3")))}
        if not successes & set(operation.responses):
            return "no success is documented"
    said = ["no request was made"]

    @_SETTINGS
    @given(case=found.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: Any) -> None:
        if said[0]:
            said[0] = _wrong(api, operation, case)

    try:
        ask()
    except Exception as error:  # noqa: BLE001 - whatever schemathesis cannot do for an operation is told
        return f"schemathesis: {type(error).__name__}: {str(error)[:200]}"
    return said[0]


def _wrong(api: Api, operation: Operation, case: Any) -> str:
    """Send one request; return "" when the answer is a documented success, or else what is wrong with it."""
    _authorize(api, operation, case)
    try:
        response = case.call(timeout=_PATIENCE)
    except requests.RequestException as error:
        return f"no answer: {type(error).__name__}"
    if response.status_code >= 400:  # noqa: PLR2004 - RFC 9110, 15.5
        return f"{response.status_code}: {response.text[:150]}"
    try:
        case.validate_response(response, checks=_CHECKS)
    except AssertionError as error:
        return f"{response.status_code}: {str(error)[:200]}"
    except BaseExceptionGroup as error:
        return f"{response.status_code}: {str(error.exceptions[0])[:200]}"
    return ""


def _authorize(api: Api, operation: Operation, case: Any) -> None:
    """Put a credential in its place for each scheme that the operation asks for first."""
    for name in operation.security[0] if operation.security else ():
        scheme = api.security_schemes[name]
        known = scheme.credentials[0] if scheme.credentials else None
        token = (known.token if known else None) or "token"
        if scheme.type == "apiKey":
            places = {"header": "headers", "query": "query", "cookie": "cookies"}
            place = places[str(scheme.location)]
            values = getattr(case, place) or {}
            values[str(scheme.parameter)] = token
            setattr(case, place, values)
        else:
            pair = f"{known.user}:{known.password}" if known and known.user else "user:password"
            basic = "Basic " + base64.b64encode(pair.encode()).decode()
            written = basic if scheme.scheme == "basic" else f"Bearer {token}"
            case.headers = {**(case.headers or {}), "Authorization": written}


if __name__ == "__main__":
    raise SystemExit(main())
