"""Which failure of a campaign fits which rule that was broken.

A failure fits when its operation is that of the rule and its check is one that the kind of rule asks for, by this
table. A campaign that fails for another reason has not found the fault, and goes on.
"""

from __future__ import annotations

from typing import Final

from specloom.fuzz.rules import Rule

_OUTCOME: Final = ("documented_outcome", "status_code_conformance")
# A request that is wrong and is taken, or right and refused.
_REQUEST: Final = (*_OUTCOME, "negative_data_rejection", "positive_data_acceptance", "fault_located")
_CREDENTIALS: Final = ("credentials_required", "ignored_auth", "tenant_isolation")
_RECORDS: Final = ("documented_outcome", "documented_ensures", "others_unchanged")

_FITTING: Final[dict[str, tuple[str, ...]]] = {
    "body": _REQUEST,
    "body.media-type": (*_REQUEST, "unsupported_media_type"),
    "parameter": (*_REQUEST, "missing_required_header"),
    "credentials": (*_CREDENTIALS, *_OUTCOME),
    "constraint": (*_REQUEST, "documented_ensures"),
    "transition": _RECORDS,
    "transition.others": ("others_unchanged", "tenant_isolation", "documented_outcome"),
    "transition.refusal": ("unchanged_after_refusal", "others_unchanged"),
    "transition.atomic": ("unchanged_after_refusal", "others_unchanged", "documented_outcome"),
    "transition.identity": (*_RECORDS, "fault_located"),
    "transition.unknown-record": (*_OUTCOME, "tenant_isolation"),
    "transition.tenant": ("tenant_isolation", "documented_outcome", "others_unchanged", "unchanged_after_refusal"),
    "answer": (*_OUTCOME, *_CREDENTIALS, "not_a_server_error"),
    "answer.header": ("response_headers_conformance", "documented_ensures"),
    "faults": ("fault_located", "response_schema_conformance"),
    "response": ("response_schema_conformance",),
    "response.status": (*_OUTCOME, "not_a_server_error"),
    "response.media-type": ("content_type_conformance", "response_schema_conformance"),
    "response.required-header": ("response_headers_conformance",),
    "header": ("response_headers_conformance", "response_schema_conformance"),
    "ensure": ("documented_ensures", "response_schema_conformance"),
    "seeds": ("documented_seeds", "documented_outcome"),
}


def fits(rule: Rule, operation: str, check: str) -> bool:
    """Say whether a failure of `check` for `operation` is of a kind that fits a server which breaks `rule`."""
    fitting = _FITTING.get(rule.kind, _FITTING.get(rule.area, ()))
    return check in fitting and rule.operation in {operation, ""}
