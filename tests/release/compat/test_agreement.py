from __future__ import annotations

import json
from random import Random

import pytest
from tests.release.compat.agreement.judging import Pair, changes, pairs
from tests.release.compat.agreement.rewriting import reworded

from specloom.release.compat.change import Side

SIDES = (Side.REQUEST, Side.RESPONSE)
BLOCK = 1000
# What these rules call a break is one although every value is accepted: something is ignored, or never comes.
BEYOND_VALUES = {"additional-properties", "pattern-properties", "property-removed"}
# A member that comes or goes is what two rules are about, each in one direction.
ONE_WAY = {"property-added", "property-removed", "required"}


def has(pair: Pair, *keywords: str) -> bool:
    text = json.dumps([pair.base, pair.revision])
    return any(f'"{keyword}"' in text for keyword in keywords)


@pytest.mark.parametrize("block", range(10))
def test_what_a_value_proves_broken_is_called_breaking(block: int) -> None:
    missed = [
        (seed, side.value, found)
        for seed, pair in pairs(range(block * BLOCK, (block + 1) * BLOCK))
        for side in SIDES
        if (found := pair.refused(side, tries=8)) and not pair.broken(side)
    ]

    assert missed == []


def test_most_of_what_is_called_breaking_is_proved_by_a_value() -> None:
    called = [
        (pair, side)
        for _, pair in pairs(range(100_000, 100_600))
        for side in SIDES
        if {each.rule for each in pair.broken(side)} - BEYOND_VALUES
    ]

    proved = [1 for pair, side in called if pair.refused(side, tries=150)]

    assert len(called) > 300
    assert len(proved) / len(called) > 0.86


def test_whatever_breaks_is_explained() -> None:
    broken = [each for _, pair in pairs(range(400_000, 400_300)) for side in SIDES for each in pair.broken(side)]

    assert len({each.rule for each in broken}) > 20
    assert [each for each in broken if not (each.message and each.why and each.remedy)] == []


def test_the_same_in_other_words_is_no_change() -> None:
    found = [
        (seed, side.value, each)
        for seed, pair in pairs(range(200_000, 200_600))
        if not has(pair, "unevaluatedItems", "unevaluatedProperties")
        for side in SIDES
        for each in changes(pair.base, reworded(pair.base, Random(seed)), side)  # noqa: S311 - cases to try, not secrets
    ]

    assert found == []


def test_a_break_for_clients_that_send_is_one_for_clients_that_receive_the_other_way_round() -> None:
    uneven = []
    compared = 0
    for seed, pair in pairs(range(300_000, 303_000)):
        if has(pair, "anyOf", "oneOf"):
            continue  # which alternatives are matched may depend on where one begins
        there = changes(pair.base, pair.revision, Side.REQUEST)
        back = changes(pair.revision, pair.base, Side.RESPONSE)
        of = [
            {
                (each.rule, each.where)
                for each in found
                if each.severity.label == "breaking" and each.rule not in ONE_WAY
            }
            for found in (there, back)
        ]
        compared += bool(there)
        uneven += [seed] if of[0] != of[1] else []

    assert compared > 200
    assert uneven == []
