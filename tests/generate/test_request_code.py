"""The code that sends a given request is that of the README, with other values."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from specloom.generate.request_code import RequestWriter
from specloom.spec import Api, SpecloomError
from specloom.spec.loading import read_api
from specloom.spec.reading import parse

BROKEN = """
openapi: 3.1.0
info: {title: Broken, version: 1.0.0}
paths:
  /a:
    post:
      operationId: a
      tags: [a]
      requestBody: {content: {application/json: {schema: {enum: [1, text]}}}}
      responses: {'200': {description: OK}}
"""


@pytest.fixture(scope="module")
def written(load: Callable[[str], Api]) -> Callable[..., str]:
    """Write the code of a request for the last operation of an API."""
    writer = RequestWriter()

    def write(name: str, **given: Any) -> str:
        api = load(name)
        return writer.write(api, api.operations[-1], given)

    return write


def test_it_is_the_code_of_the_readme_for_the_examples(written: Callable[..., str], root: Path) -> None:
    code = written("fastpod", path={"id": "F237-120723-000001"})
    assert code in (root / "generated/fastpod/README.md").read_text("utf-8")


def test_parameters_and_members_of_the_body_are_arguments(written: Callable[..., str]) -> None:
    code = written("ppl", query={"orderReference": "O'1"}, header={"X-LogLevel": "Trace"}, body={"note": "x"})
    assert """api.orders.cancel(order_reference="O'1", x_log_level="Trace", note="x")""" in code


@pytest.mark.parametrize(
    ("tenant", "token"), [("north", "sandbox-north-token"), ("south", "sandbox-south-token"), ("", "your-token")]
)
def test_it_names_the_sandbox_and_who_sends(written: Callable[..., str], tenant: str, token: str) -> None:
    code = written("ppl", base_url="http://127.0.0.1:7/ppl", tenant=tenant)
    assert f'PPL(token="{token}", base_url="http://127.0.0.1:7/ppl")' in code


@pytest.mark.parametrize("body", [None, [], 1, "x", {"orders": 1}, {"orders": [{"type": "none"}]}, {"other": 1}])
def test_code_is_written_for_values_that_a_server_refuses(written: Callable[..., str], body: Any) -> None:
    compile(written("fuuffy", body=body), "code", "exec")


def test_threads_may_share_it(load: Callable[[str], Api]) -> None:
    writer, api = RequestWriter(), load("ppl")
    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(lambda _: writer.write(api, api.operations[0], {}), range(8)))
    assert len(codes) == 1


def test_an_api_without_a_client_is_said_so() -> None:
    api = read_api(parse(BROKEN, Path("specs/broken/openapi.yaml")), "broken")
    with pytest.raises(SpecloomError, match="openapi-python-client"):
        RequestWriter().write(api, api.operations[0], {})
