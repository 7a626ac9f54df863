"""States that no seed is in are tried with records that the campaign adds, and that a reset takes away."""

from __future__ import annotations

from specloom.cli.servers import make_app
from specloom.fuzz.machine.part import machine
from specloom.fuzz.proof.inside import inside
from specloom.fuzz.result import Failure
from specloom.fuzz.scope import member
from specloom.fuzz.stock import StockedControl, stock
from specloom.spec import Schemas

from .faulty import Load, mutated

APIS = ("fastpod", "fuuffy", "hypertrack", "ppl")


def test_with_the_stock_there_is_a_record_in_each_state(load: Load) -> None:
    for api in map(load, APIS):
        for kind in api.records.values():
            seeds = [record for tenant, record in kind.seeded() if tenant == "north"]
            added = list(stock(api, kind, "north"))
            states = api.document.resolve(f"{kind.schema_pointer}/properties{kind.state}")[1]["enum"]
            assert {member(record, kind.state) for record in seeds + added} == set(states)
            for key in kind.keys:
                assert len({member(record, key) for record in seeds + added}) == len(seeds) + len(added)
            for record in added:
                assert Schemas(api.document).errors(kind.schema_pointer, record) == []


def test_a_reset_of_the_server_takes_the_stock_away(load: Load) -> None:
    api = load("fuuffy")
    context = inside(api, make_app(api))
    fresh = context.control.digest()
    stocked = StockedControl(context.control, api)
    stocked.reset()
    digests = [stocked.digest()]
    stocked.reset()
    assert digests == [stocked.digest()] != [fresh]
    context.control.reset()
    assert context.control.digest() == fresh


def test_a_server_that_moves_records_in_a_state_without_seeds_fails(load: Load) -> None:
    api = load("fuuffy")
    weaker = mutated(api, ("from: [PENDING_PICKUP]", "from: [PENDING_PICKUP, DRAFT]"))
    failures = [each for each in machine(inside(api, make_app(weaker))) if isinstance(each, Failure)]
    assert "documented_outcome" in {failure.check for failure in failures}
