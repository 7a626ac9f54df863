"""Read what the last proof and the last campaigns said of an API, if it was said of the spec as it is now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import attrs

from specloom.spec import Api

Tone = Literal["good", "bad", "open"]
"""Whether a report says that all is well, that it is not, or nothing that counts."""


@attrs.frozen
class Kind:
    """What became of the mutants of all rules of one kind."""

    kind: str
    rules: int
    mutants: int
    caught: int
    equivalent: int
    survived: int


@attrs.frozen
class Proof:
    """What a proof says of an API in a word and in a sentence; `survivors` lists what nothing caught."""

    tone: Tone
    word: str
    said: str
    kinds: tuple[Kind, ...] = ()
    survivors: tuple[str, ...] = ()


def read_proof(file: Path, api: Api) -> Proof:
    """Return what the `proof.json` at `file` says of `api`, or why it says nothing."""
    again = f"make prove API={api.name}"
    report = read_json(file)
    try:
        if report is None or api.name not in report["specs"]:
            return Proof("open", "not proven yet", f"Not proven yet: {again}")
        if report["specs"][api.name] != api.document.digest():
            return Proof("open", "proof is out of date", f"The last proof was of another version of this spec: {again}")
        return _proof(report, api, again)
    except (LookupError, TypeError, AttributeError, ValueError):
        return Proof("open", "proof cannot be read", f"The report of the last proof cannot be read: {again}")


def _proof(report: Mapping[str, Any], api: Api, again: str) -> Proof:
    verdicts = [each for each in report["verdicts"] if each["api"] == api.name]
    kinds = tuple(_kind(name, verdicts) for name in sorted({each["kind"] for each in verdicts}))
    lost = [each for each in verdicts if each["state"] == "survived"]
    survivors = tuple(f"{each['operation']}: {each['text']} ({each['change']})" for each in lost)
    rules = sum(each.rules for each in kinds)
    same = sum(each.equivalent for each in kinds)
    told = f"{rules} rules, broken in {len(verdicts)} ways: {sum(each.caught for each in kinds)} caught"
    told += f", {len(lost)} survived" if lost else ""
    told += f", {same} that no client could tell" if same else ""
    if any(str(text).startswith(f"{api.name} ") for text in report["wrong"]):
        return Proof("bad", "proof failed", f"The campaign fails on a server that is right: {again}", kinds, survivors)
    if lost:
        return Proof("bad", f"{len(lost)} survived", f"{told}.", kinds, survivors)
    if report["only"]:
        only = ", ".join(report["only"])
        return Proof("open", "proven in part", f"Some rules alone ({only}): {told}: {again}", kinds)
    return Proof("good", "proven", f"{told}.", kinds)


def _kind(name: str, verdicts: list[Mapping[str, Any]]) -> Kind:
    own = [each for each in verdicts if each["kind"] == name]
    states = [each["state"] for each in own]
    return Kind(
        kind=name,
        rules=len({each["rule"] for each in own}),
        mutants=len(own),
        caught=states.count("caught"),
        equivalent=states.count("equivalent"),
        survived=states.count("survived"),
    )


def read_json(file: Path) -> Any:
    """Return the JSON value in `file`; None when there is no such file, 0 when it holds no JSON."""
    try:
        return json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return 0
