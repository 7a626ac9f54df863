"""The records that a user lists and the credentials of tenants are read, checked and said where they are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from specloom.fuzz.targets import Supply, credentials_of, read_credentials, read_ids
from specloom.sandbox import Sandbox
from specloom.sandbox.message import Reply, Request
from specloom.spec import Api, Credential, SpecloomError

from .faulty import Load, mutated, run


def _file(folder: Path, text: str) -> Path:
    path = folder / "given.yaml"
    path.write_text(text, "utf-8")
    return path


def test_records_are_listed_by_key_or_by_their_members(load: Load, tmp_path: Path) -> None:
    text = "north:\n  order:\n    - A-1\n    - {id: A-2, order_status: shipped}\n    - {record: {id: A-3}, act: true}\n"
    records = read_ids(_file(tmp_path, text), load("fastpod"))
    assert [record.body for record in records] == [
        {"id": "A-1"},
        {"id": "A-2", "order_status": "shipped"},
        {"id": "A-3"},
    ]
    assert [record.act for record in records] == [False, False, True]
    assert {(record.kind, record.tenant, record.complete) for record in records} == {("order", "north", False)}


def test_json_will_do_as_well(load: Load, tmp_path: Path) -> None:
    path = _file(tmp_path, '{"south": {"order": [{"customerReference": "C"}, {"orderReference": "O"}]}}')
    assert [record.body for record in read_ids(path, load("ppl"))] == [
        {"customerReference": "C"},
        {"orderReference": "O"},
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- A-1", 1, "an object of tenants"),
        ("north:\n  order: [A-1]\nwest:\n  order: [A-1]", 3, "no tenant 'west'"),
        ("north: [A-1]", 1, "are no object"),
        ("north:\n  parcel: [A-1]", 2, "no kind of record 'parcel'"),
        ("north:\n  order: A-1", 2, "are no list"),
        ("north:\n  order:\n    - A-1\n    - {order_status: draft}", 4, "has no key"),
        ("north:\n  order:\n    - A-1\n    - null", 4, "has no key"),
        ("north:\n  order:\n    - A-1\n    - {id: ''}", 4, "has no key"),
        ("north:\n  order:\n    - A-1\n    - id: A-2\n    - A-1", 5, "listed twice"),
        ("north:\n  order:\n    - 17", 3, "not a order: 17"),
        ("north:\n  order:\n    - {id: A-1, order_status: eaten}", 3, "not a order"),
        ("north:\n  order:\n    - {record: {id: A-1}, act: please}", 3, "neither true nor false"),
        ("north: }", 1, "not YAML"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_with_its_line(
    load: Load, tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(SpecloomError, match=message) as caught:
        read_ids(path, load("fastpod"))
    assert (caught.value.place.path, caught.value.place.line) == (path, line)
    assert caught.value.remedy


def test_a_plain_value_does_not_say_which_of_two_keys_it_is(load: Load, tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="customerReference, orderReference"):
        read_ids(_file(tmp_path, "north: {order: [CUST-1]}"), load("ppl"))


def test_listed_records_take_the_place_of_the_seeds_and_seeds_are_still_known(load: Load, tmp_path: Path) -> None:
    api = load("fastpod")
    text = "north:\n  order:\n    - A-1\n    - {id: A-2, order_status: shipped}\n"
    supply = Supply(api, read_ids(_file(tmp_path, text), api))
    (operation,) = api.operations
    assert [record.body for record in supply.ready(operation, "north")] == [{"id": "A-1"}]
    assert [record.body["id"] for record in supply.refused(operation, "north")] == ["A-2"]
    assert supply.ready(operation, "south") == []
    assert supply.is_named("order", "/id", "F237-120723-000001")
    assert not supply.is_named("order", "/id", "F237-120723-000002x")
    assert supply.find("order", "north", {"/id": "A-1"}) is not None
    assert supply.find("order", "south", {"/id": "A-1"}) is None


def test_a_record_is_taken_once_until_all_are_restored(load: Load) -> None:
    api = load("ppl")
    (operation,) = api.operations
    supply = Supply(api)
    everything = supply.ready(operation, "south")
    taken = supply.take(operation, "south", 4)
    assert taken == everything[:4]
    assert supply.ready(operation, "south") == everything[4:]
    assert supply.take(operation, "south", 100) == everything[4:]
    assert supply.take(operation, "south") == []
    supply.restore()
    assert supply.ready(operation, "south") == everything


def test_credentials_of_several_tenants_are_read_and_not_shown(tmp_path: Path) -> None:
    text = "- {tenant: north, token: canary-1}\n- {tenant: south, user: me, password: canary-2, forbidden: true}\n"
    credentials = read_credentials(_file(tmp_path, text))
    assert [(each.tenant, each.token, each.user, each.password, each.forbidden) for each in credentials] == [
        ("north", "canary-1", None, None, False),
        ("south", None, "me", "canary-2", True),
    ]
    assert "canary" not in repr(credentials)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{}", 1, "are a list"),
        ("[]", 1, "are a list"),
        ("- canary", 1, "has a tenant"),
        ("- token: canary", 1, "has a tenant"),
        ("- {tenant: north, token: canary}\n- {tenant: north}", 2, "either a token or"),
        ("- {tenant: north, token: canary, password: canary}", 1, "either a token or"),
        ("- {tenant: north, user: canary}", 1, "either a token or"),
        ("- tenant: north\n  token: 17", 2, "token is not text"),
        ("- tenant: north\n  tokn: canary", 2, "no member 'tokn'"),
        ("- tenant: north\n  token: canary\n  forbidden: yes", 3, "forbidden is not true or false"),
    ],
)
def test_what_is_wrong_with_credentials_is_said_without_them(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(SpecloomError, match=message) as caught:
        read_credentials(_file(tmp_path, text))
    assert caught.value.place.line == line
    assert "canary" not in str(caught.value)


def test_an_empty_file_is_told_the_form_of_what_it_should_hold(load: Load, tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match="the file is empty") as records:
        read_ids(_file(tmp_path, ""), load("fastpod"))
    with pytest.raises(SpecloomError, match="the file is empty") as credentials:
        read_credentials(_file(tmp_path, "# none yet\n"))
    assert records.value.remedy.startswith("write tenant, kind of record and a list of records")
    assert credentials.value.remedy.startswith("write `- {tenant: north, token: …}`")


def test_credentials_come_from_the_user_the_environment_or_the_spec(load: Load) -> None:
    api = load("hypertrack")
    environment = {"SPECLOOM_USER_SOUTH": "u", "SPECLOOM_PASSWORD_SOUTH": "p", "SPECLOOM_TOKEN_NORTH": ""}
    given = (Credential("west", token="t"),)  # noqa: S106 - made up
    assert credentials_of(api, given, environment) == given
    assert credentials_of(api, (), environment) == (Credential("south", None, "u", "p"),)
    assert {each.tenant for each in credentials_of(api)} == {"north", "south"}


def test_a_credential_without_a_tenant_is_that_of_the_tenant_that_the_spec_gives_it(load: Load) -> None:
    api = load("ppl")
    given = (Credential("", token="sandbox-south-token"), Credential("", token="t"))  # noqa: S106 - public
    assert [each.tenant for each in credentials_of(api, given)] == ["south", "north"]


class _Elsewhere(Sandbox):
    """A server with records of its own and no control plane."""

    def __init__(self, api: Api) -> None:
        """Take an API; its seeds have other keys here."""
        super().__init__([mutated(api, ("F237-120723-{$n}", "LIVE-{$n}"))])

    async def handle(self, request: Request) -> Reply:
        """Answer 404 to what is outside the spec."""
        return Reply(404) if request.path.startswith("/_sandbox/") else await super().handle(request)


def test_a_campaign_acts_on_listed_records(load: Load, tmp_path: Path) -> None:
    api = load("fastpod")
    listed = {
        "north": {"order": [f"LIVE-{number:06}" for number in range(1, 30)] + [{"id": "LIVE-000601", **_SHIPPED}]},
        "south": {"order": [f"LIVE-{number}" for number in range(900001, 900008)]},
    }
    records = read_ids(_file(tmp_path, json.dumps(listed)), api)
    result = run(api, _Elsewhere(api), listed=records)
    assert result.failures == ()
    assert result.statuses["200"] > 10
    assert any("from a list" in text for text in result.left_out)


def test_a_campaign_that_knows_no_record_of_a_server_fails_there(load: Load) -> None:
    result = run(load("fastpod"), _Elsewhere(load("fastpod")), parts=("machine",))
    assert {failure.check for failure in result.failures} == {"documented_outcome"}


_SHIPPED = {"order_status": "shipped"}
