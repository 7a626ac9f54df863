"""Probes of credentials: none, wrong ones, those that may not call the operation, and those of another tenant."""

from __future__ import annotations

import attrs

from specloom.fuzz.probes.bench import Bench
from specloom.fuzz.probes.draft import Draft
from specloom.fuzz.probes.passes import NOBODY, Pass
from specloom.fuzz.probes.probe import CREDENTIALS, TENANTS, Family, Probe
from specloom.fuzz.probes.targets import targets, with_target
from specloom.fuzz.wire import Request
from specloom.spec import Operation
from specloom.spec.behaviour import Outcome
from specloom.spec.expression import ABSENT


def wrong(bench: Bench) -> Family:
    """Send valid requests with credentials that are missing or a little wrong, and invalid ones likewise."""
    for operation, shapes in bench.operations():
        if not bench.passes.is_guarded(operation):
            continue
        draft = bench.live(shapes.plain)
        for variant in bench.passes.wrong(operation, bench.tenant):
            if draft is not None:
                yield _judged(
                    draft, draft.request(variant.carried), f"a request with {variant.text}", "unauthenticated"
                )
        if draft is None:
            continue
        variants = list(bench.passes.wrong(operation, bench.tenant))
        for carried in (NOBODY, variants[-1].carried, variants[1].carried if len(variants) > 1 else NOBODY):
            for text, request in _faulty(bench, draft, carried):
                yield _judged(draft, request, f"{text} without a valid credential", "unauthenticated")


def accepted(bench: Bench) -> Family:
    """Send each genuine credential, and the other spellings of one."""
    for operation, shapes in bench.operations():
        for tenant in bench.passes.tenants:
            for carried, rule in bench.passes.all(operation, tenant):
                draft = bench.live(shapes.plain, tenant)
                if draft is not None and bench.may_spend(operation, tenant, 1):
                    probe = bench.probe(draft, f"a valid request of {tenant}", rule, tenant=tenant, carried=carried)
                    exchange = yield probe
                    if exchange.succeeded and operation.transition is not None:
                        text = f"the same request of {tenant} again"
                        before, at = (exchange.step,), f"{operation.pointer}/x-transition/from"
                        yield bench.probe(draft, text, at, tenant=tenant, carried=carried, before=before)
        for variant in bench.passes.equal(operation, bench.tenant, is_sandbox=bench.control is not None):
            draft = bench.live(shapes.plain)
            if draft is not None and bench.may_spend(operation, bench.tenant, 1):
                rule = f"{operation.pointer}/security"
                yield bench.probe(draft, f"a valid request with {variant.text}", rule, carried=variant.carried)


def forbidden(bench: Bench) -> Family:
    """Send genuine credentials that may not call anything, with valid and with invalid requests."""
    for operation, shapes in bench.operations():
        if "forbidden" not in operation.answers:
            continue
        for tenant in bench.passes.tenants:
            draft = bench.live(shapes.plain, tenant)
            if draft is None:
                continue
            for carried, _ in bench.passes.all(operation, tenant, forbidden=True):
                text = "a request with a credential that may not call the operation"
                yield _judged(draft, draft.request(carried), text, "forbidden")
                for what, request in _faulty(bench, draft, carried):
                    yield _judged(draft, request, f"{what} with a credential that may not call it", "forbidden")


def tenants(bench: Bench) -> Family:
    """Name records of one tenant with the credential of another, also in a batch beside records of its own."""
    for operation, shapes in bench.operations():
        for owner in bench.passes.tenants if operation.transition else ():
            for other in bench.passes.tenants:
                if owner == other or bench.credential(operation, other) is None:
                    continue
                rule = f"{operation.pointer}/x-transition/record"
                text = f"a record of {owner} named by {other}"
                for shape in (shapes.plain, shapes.wide):
                    records = bench.records(operation, owner)[:1]
                    draft = bench.bound(shape, records) if records else None
                    if draft is not None and bench.verdict(draft, other).outcome == "unknown-record":
                        yield bench.probe(draft, text, rule, tenant=other, check=TENANTS)
                own = bench.records(operation, other)[:2]
                for index in range(3) if shapes.array is not None and len(own) > 1 else ():
                    mixed = [*own[:index], *bench.records(operation, owner)[:1], *own[index:]]
                    draft = bench.bound(shapes.plain, mixed)
                    if draft is not None and bench.verdict(draft, other).outcome == "unknown-record":
                        yield bench.probe(draft, f"{text} as element {index}", rule, tenant=other, check=TENANTS)


def _judged(draft: Draft, request: Request, text: str, outcome: Outcome) -> Probe:
    operation = draft.operation
    return Probe(operation, request, text, _rule(operation), (outcome,), check=CREDENTIALS, draft=draft)


def _rule(operation: Operation) -> str:
    return f"{operation.pointer}/security"


def _faulty(bench: Bench, draft: Draft, carried: Pass) -> list[tuple[str, Request]]:
    """Return requests that are wrong by themselves: credentials are looked at before anything else."""
    found = []
    for target in targets(bench.api, draft):
        if target.is_key and isinstance(target.value, str):
            unknown = with_target(draft, target, f"{target.value}0000")
            found.append(("a request for no record", unknown.request(carried)))
            break
    for parameter in draft.operation.parameters:
        if parameter.location == "query" and bench.api.document.resolve(parameter.schema_pointer)[1].get("enum"):
            changed = attrs.evolve(draft, query={**draft.query, parameter.name: "no-such-value"})
            found.append(("a request with a wrong parameter", changed.request(carried)))
    if draft.operation.body is None:
        return found
    body = {} if draft.body is ABSENT else draft.body
    whole = attrs.evolve(draft, body=body).request(carried)
    headers = tuple(each for each in whole.headers if each[0] != "Content-Type")
    found += [
        ("malformed JSON", attrs.evolve(whole, body=b"{")),
        ("an empty body", attrs.evolve(whole, body=b"")),
        ("a body of another type", attrs.evolve(draft, body=[17]).request(carried)),
        ("another media type", attrs.evolve(whole, headers=(*headers, ("Content-Type", "text/plain")))),
    ]
    return found
