"""Write campaigns as JUnit XML, which CI systems show: a test case for each operation and check, and for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from specloom.fuzz.reports.shown import request_text, rule_line, step_line, visible
from specloom.fuzz.result import CampaignResult, Failure, OperationCoverage

CHECKS: Final = (
    "answered",
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "documented_outcome",
    "documented_ensures",
    "fault_located",
    "unchanged_after_refusal",
    "others_unchanged",
    "tenant_isolation",
    "credentials_required",
    "response_time",
    "no_leak",
)
"""The checks that are made of each answer, as far as they apply to it; others are named where they fail."""


def junit(results: list[CampaignResult]) -> str:
    """Return the XML: a suite for each campaign, valid by the schema that Jenkins uses."""
    root = ET.Element("testsuites", name="specloom fuzz")
    for result in results:
        root.append(_suite(result))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", f"{sum(result.seconds for result in results):.3f}")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(result: CampaignResult) -> ET.Element:
    suite = ET.Element("testsuite", name=f"{result.api} (seed {result.seed})")
    properties = ET.SubElement(suite, "properties")
    for name, value in (("seed", result.seed), ("base_url", result.base_url), ("cases", result.cases)):
        ET.SubElement(properties, "property", name=name, value=visible(str(value)))
    cases = [case for operation in result.coverage for case in _of_operation(result, operation)]
    cases += _elsewhere(result)
    for number, text in enumerate(result.left_out, 1):
        case = _case(result.api, "left out", f"{number}. {visible(text, 200)}")
        ET.SubElement(case, "skipped", message=visible(text))
        cases.append(case)
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("time", f"{result.seconds:.3f}")
    return suite


def _of_operation(result: CampaignResult, coverage: OperationCoverage) -> Iterator[ET.Element]:
    failures = [each for each in result.failures if coverage.operation in {each.operation, ""}]
    label = coverage.operation or "the API"
    if coverage.operation:
        for check in dict.fromkeys((*CHECKS, *(each.check for each in failures))):
            case = _case(result.api, label, f"check {check}")
            _add_failures(case, [each for each in failures if each.check == check])
            yield case
    for rule in coverage.rules:
        case = _case(result.api, label, f"rule {rule.id}: {visible(rule.text, 200)}")
        _add_failures(case, [each for each in failures if rule.is_about(each, coverage.operation)])
        if rule.cases == 0 and case.find("failure") is None:
            ET.SubElement(case, "skipped", message="no request was about this rule")
        yield case


def _elsewhere(result: CampaignResult) -> Iterator[ET.Element]:
    """Yield a case for each failure that is about no operation of the spec."""
    known = {coverage.operation for coverage in result.coverage if coverage.operation}
    for failure in result.failures:
        if failure.operation not in known:
            case = _case(result.api, visible(failure.operation) or "the API", f"check {failure.check}")
            _add_failures(case, [failure])
            yield case


def _case(api: str, label: str, name: str) -> ET.Element:
    # Jenkins takes what is before the last dot for the package.
    return ET.Element("testcase", classname=f"{api}.{label.replace('.', '_')}", name=name)


def _add_failures(case: ET.Element, failures: list[Failure]) -> None:
    """Add failures as one, for a case of the schema has at most one."""
    if not failures:
        return
    first = visible(failures[0].message.split("\n")[0], 300)
    element = ET.SubElement(case, "failure", message=first, type=failures[0].check)
    element.text = "\n\n".join(map(_text, failures))


def _text(failure: Failure) -> str:
    steps = (
        f"{number}. {step_line(step)}\n{request_text(step.request)}" for number, step in enumerate(failure.steps, 1)
    )
    parts = (visible(failure.message), f"rule: {rule_line(failure)}", *steps, visible(failure.curl))
    return "\n".join(filter(None, parts))
