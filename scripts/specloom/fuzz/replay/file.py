"""The file of a failure: its steps with placeholders for secrets, and the rule that they show to be broken."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final

import attrs
import jsonschema_rs

from specloom.fuzz import seeded
from specloom.fuzz.plain import data, plain
from specloom.fuzz.result import CampaignResult, Failure, KnownCredential, Step
from specloom.fuzz.wire import Answer, Request
from specloom.spec import Place, SpecloomError
from specloom.spec import pointer as json_pointer

FORMAT: Final = "specloom replay"
VERSION: Final = 1

_TEXT: Final = {"type": "string"}
_HEADERS: Final = {"type": "array", "items": {"type": "array", "prefixItems": [_TEXT, _TEXT], "minItems": 2}}
_BODY: Final = {"type": ["string", "object", "null"]}
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["format", "version", "api", "spec", "base_url", "credentials", "failure"],
    "properties": {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "api": _TEXT,
        "spec": _TEXT,
        "base_url": {"type": ["string", "null"]},
        "credentials": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tenant", "variable", "forbidden", "in_spec"],
                "properties": {
                    "tenant": _TEXT,
                    "variable": _TEXT,
                    "forbidden": {"type": "boolean"},
                    "in_spec": {"type": ["integer", "null"]},
                },
            },
        },
        "failure": {
            "type": "object",
            "required": ["operation", "check", "message", "rule", "steps"],
            "properties": {
                **dict.fromkeys(("operation", "check", "message", "curl", "pointer", "rule", "page", "place"), _TEXT),
                "status": {"type": ["integer", "null"]},
                "steps": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["request", "answer", "expected", "statuses", "fields"],
                        "properties": {
                            "request": {
                                "type": "object",
                                "required": ["method", "target", "headers", "body"],
                                "properties": {"method": _TEXT, "target": _TEXT, "headers": _HEADERS, "body": _BODY},
                            },
                            "answer": {
                                "type": ["object", "null"],
                                "required": ["status", "headers", "body", "seconds"],
                                "properties": {"status": {"type": "integer"}, "headers": _HEADERS, "body": _BODY},
                            },
                            "statuses": {"type": "array", "items": _TEXT},
                            "fields": {"type": "array", "items": _TEXT},
                        },
                    },
                },
            },
        },
    },
}


@attrs.frozen
class Replay:
    """A failure that can be run again; `base_url` is None when it was found in a sandbox started for the campaign."""

    api: str
    spec: str
    base_url: str | None
    credentials: tuple[KnownCredential, ...]
    failure: Failure


def file_name(result: CampaignResult, failure: Failure) -> str:
    """Return the name of the file of a failure: that of the same failure is the same in each campaign."""
    key = f"{failure.operation} {failure.check} {failure.rule} {failure.message.splitlines()[:1]}"
    words = re.sub(r"[^a-z0-9]+", "-", f"{result.api}-{failure.operation}-{failure.check}".lower()).strip("-")
    return f"{words[:80]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}.json"


def write_replays(folder: Path, result: CampaignResult, *, base_url: str | None) -> dict[Failure, Path]:
    """Write a file for each failure that steps or the seeds show; return the paths. Raises SpecloomError."""
    written: dict[Failure, Path] = {}
    for failure in result.failures:
        if failure.steps or failure.check == seeded.CHECK:
            replay = Replay(result.api, result.spec, base_url, result.credentials, failure)
            text = json.dumps({"format": FORMAT, "version": VERSION, **plain(replay)}, indent=2)
            path = folder / file_name(result, failure)
            written[failure] = path
            try:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_text(text + "\n", "utf-8")
            except OSError as error:
                raise SpecloomError(
                    f"cannot be written: {error.strerror}", place=Place(path), remedy="name another folder"
                ) from None
    return written


def read_replay(path: Path) -> Replay:
    """Return what `write_replays` has written. Raises SpecloomError when the file cannot be used."""
    remedy = "give a file that `specloom fuzz` has written for a failure"
    try:
        value = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SpecloomError(f"cannot be read: {error.strerror}", place=Place(path), remedy="check the path") from None
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise SpecloomError("not JSON", place=Place(path, line), remedy=remedy) from None
    if isinstance(value, dict) and value.get("format") == FORMAT and value.get("version") != VERSION:
        raise SpecloomError(
            f"version {value.get('version')!r} of the format is not known", place=Place(path), remedy="fuzz again"
        )
    fault = next(iter(jsonschema_rs.validator_for(_SCHEMA).iter_errors(value)), None)
    if fault is not None:
        pointer = json_pointer.join(*map(str, fault.instance_path))
        raise SpecloomError(f"no replay: {fault.message[:200]}", place=Place(path, None, pointer), remedy=remedy)
    try:
        return _replay(value)
    except ValueError as error:
        raise SpecloomError(f"no replay: {error}", place=Place(path), remedy=remedy) from None


def _replay(value: dict[str, Any]) -> Replay:
    failure = value["failure"]
    texts = {name: failure.get(name, "") for name in ("operation", "check", "message", "curl", "rule", "page", "place")}
    steps = tuple(_step(step) for step in failure["steps"])
    return Replay(
        value["api"],
        value["spec"],
        value["base_url"],
        tuple(
            KnownCredential(each["tenant"], each["variable"], each["forbidden"], each["in_spec"])
            for each in value["credentials"]
        ),
        Failure(**texts, status=failure.get("status"), pointer=failure.get("pointer", ""), steps=steps),
    )


def _step(value: dict[str, Any]) -> Step:
    request, answer = value["request"], value["answer"]
    sent = Request(request["method"], request["target"], _headers(request["headers"]), _body(request["body"]))
    found = None
    if answer is not None:
        found = Answer(answer["status"], _headers(answer["headers"]), _body(answer["body"]) or b"", answer["seconds"])
    return Step(sent, found, value["expected"], tuple(value["statuses"]), tuple(value["fields"]))


def _headers(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((pair[0], pair[1]) for pair in pairs)


def _body(value: Any) -> bytes | None:
    return None if value is None else data(value)
