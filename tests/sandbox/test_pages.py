"""The curl lines of the documentation pages, sent with real curl, get the pages' own sample answers."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from specloom.spec import Api

# Each line is the page's own but for what the page leaves to the reader: the base URL, the token, an identifier that it
# leaves empty or calls "string", and optional headers and parameters that it shows without a value.
LINES = [
    pytest.param(
        "fuuffy",
        "cancelPickup",
        """curl -X POST "${API_URL}/v1/pickup/cancel" \
        -H "Authorization: Bearer <ACCESS_TOKEN>" \
        -H "Content-Type: application/json" \
        -d '{"order_id": "3570983"}'""",
        {"<ACCESS_TOKEN>": "sandbox-north-token"},
        id="fuuffy-pickup",
    ),
    pytest.param(
        "fuuffy",
        "rejectPickpack",
        """curl -X POST "${API_URL}/v1/pickpack/reject" \
        -H "Authorization: Bearer <ACCESS_TOKEN>" \
        -H "Content-Type: application/json" \
        -d '{"orders": [
            {"order_id": "3550646", "type": "OTHERS", "reject_reason": "Parcel damaged"},
            {"order_id": "3550647", "type": "OUT_OF_STOCK", "shipment_detail": {"parcel_list": [
                {"declaration_list": [{"sku": "ABC-001", "bar_code_eid": "BC-EID-001"}]}]}}]}'""",
        {"<ACCESS_TOKEN>": "sandbox-north-token"},
        id="fuuffy-pickpack",
    ),
    pytest.param(
        "fastpod",
        "cancelOrder",
        """curl --location --request POST 'https://api-v2.fastpod.net/v1/orders//cancel' \
        --header 'Authorization: Bearer ********************' \
        --header 'Accept: application/json'""",
        {
            "https://api-v2.fastpod.net": "${API_URL}",
            "orders//": "orders/F237-120723-000001/",
            "********************": "sandbox-north-token",
        },
        id="fastpod",
    ),
    pytest.param(
        "hypertrack",
        "cancelOrder",
        """curl -X POST "https://example.com/orders/string/cancel" -H "Content-Type: application/json" -d '{}'""",
        {
            "https://example.com": "${API_URL}",
            "orders/string/": "orders/order-1/",
            "curl": "curl --user sandbox-north:sandbox-north-secret",
        },
        id="hypertrack",
    ),
    pytest.param(
        "ppl",
        "cancelOrder",
        """curl --location --request POST '/order/cancel?customerReference&orderReference' \
        --header 'Accept-Language;' \
        --header 'X-Correlation-ID;' \
        --header 'X-LogLevel;' \
        --header 'Authorization: Bearer <token>' \
        --header 'Content-Type: application/json' \
        --data-raw '{
            "note": "string"
        }'""",
        {
            "'/order": "'${API_URL}/order",
            "customerReference&orderReference": "customerReference=CUST-000001&orderReference=ORD-000001",
            "Accept-Language;": "Accept-Language: en-GB",
            "X-Correlation-ID;": "X-Correlation-ID: 3f0b2f5e",
            "X-LogLevel;": "X-LogLevel: Information",
            "<token>": "sandbox-north-token",
        },
        id="ppl",
    ),
]


@pytest.mark.parametrize(("name", "operation_id", "line", "filled_in"), LINES)
def test_the_curl_line_of_a_page_gets_the_sample_of_the_page(
    load: Callable[[str], Api],
    sandbox_url: str,
    name: str,
    operation_id: str,
    line: str,
    filled_in: dict[str, str],
) -> None:
    for old, new in filled_in.items():
        assert old in line
        line = line.replace(old, new)
    line = line.replace("${API_URL}", f"{sandbox_url}/{name}")
    operation = next(each for each in load(name).operations if each.id == operation_id)
    sample = operation.responses["200"].example()

    answer = subprocess.run(
        [*shlex.split(line), "--silent", "--write-out", "\n%{http_code}"], capture_output=True, text=True, check=True
    ).stdout

    body, _, status = answer.rpartition("\n")
    assert status == "200"
    assert sample is not None
    assert _shape(json.loads(body)) == _shape(sample.value)


def _shape(value: Any) -> Any:
    """Return what a JSON value is made of: the members of objects and the shapes that the elements of arrays have."""
    if isinstance(value, dict):
        return {name: _shape(member) for name, member in value.items()}
    if isinstance(value, list):
        shapes = [_shape(element) for element in value]
        return [shape for index, shape in enumerate(shapes) if shape not in shapes[:index]]
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
