"""Read what the last fuzz campaigns said of an API, if it was said of the spec as it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from specloom.release.catalogue.proofs import Tone, read_json
from specloom.spec import Api


@attrs.frozen
class Coverage:
    """What was seen of an operation, "" for what belongs to none: rules exercised, and answers by status.

    `statuses` has (status, whether it is documented, answers).
    """

    operation: str
    rules: int
    exercised: int
    statuses: tuple[tuple[str, bool, int], ...]


@attrs.frozen
class Campaign:
    """What the campaigns say of an API, in a word and in a sentence; `failures` lists what they found."""

    tone: Tone
    word: str
    said: str
    coverage: tuple[Coverage, ...] = ()
    failures: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_campaign(file: Path, api: Api) -> Campaign:
    """Return what the `campaign.json` at `file` says of `api`, or why it says nothing; several seeds count together."""
    again = f"make fuzz API={api.name}"
    report = read_json(file)
    try:
        results = [each for each in ([] if report is None else report) if each["api"] == api.name]
        if not results:
            return Campaign("open", "not fuzzed yet", f"Not fuzzed yet: {again}")
        if any(each["spec"] != api.document.digest() for each in results):
            return Campaign(
                "open", "campaign is out of date", f"The last campaign was about another version of this spec: {again}"
            )
        return _campaign(results, again)
    except (LookupError, TypeError, AttributeError, ValueError):
        return Campaign("open", "campaign cannot be read", f"The report of the last campaign cannot be read: {again}")


def _campaign(results: Sequence[Mapping[str, Any]], again: str) -> Campaign:
    failures = tuple(f"{each['operation']}: {each['message']}" for result in results for each in result["failures"])
    left_out = tuple(dict.fromkeys(str(text) for result in results for text in result["left_out"]))
    coverage = _coverage(results)
    cases = sum(result["cases"] for result in results)
    seeds = sorted({result["seed"] for result in results})
    shown = f"seed {seeds[0]}" if len(seeds) == 1 else f"{len(seeds)} seeds"
    rules = f"{sum(each.exercised for each in coverage)} of {sum(each.rules for each in coverage)} rules exercised"
    said = f"{cases} cases ({shown}), {len(failures)} failures, {rules}"
    if failures:
        return Campaign("bad", "campaign failed", f"{said}.", coverage, failures, left_out)
    if any(result["stopped"] for result in results):
        return Campaign("open", "campaign was stopped", f"{said}; it was stopped: {again}", coverage, (), left_out)
    return Campaign("good", "fuzzed", f"{said}.", coverage, (), left_out)


def _coverage(results: Sequence[Mapping[str, Any]]) -> tuple[Coverage, ...]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for result in results:
        for each in result["coverage"]:
            found.setdefault(each["operation"], []).append(each)
    return tuple(_of_operation(operation, parts) for operation, parts in found.items())


def _of_operation(operation: str, parts: Sequence[Mapping[str, Any]]) -> Coverage:
    documented = dict.fromkeys(str(status) for part in parts for status in part["documented"])
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part["statuses"])
    rules = {(rule["id"], rule["at"]): False for part in parts for rule in part["rules"]}
    for part in parts:
        rules |= {(rule["id"], rule["at"]): True for rule in part["rules"] if rule["cases"] > 0}
    statuses = [*documented, *sorted(set(counts) - set(documented))]
    return Coverage(
        operation=operation,
        rules=len(rules),
        exercised=sum(rules.values()),
        statuses=tuple((status, status in documented, counts[status]) for status in statuses),
    )
