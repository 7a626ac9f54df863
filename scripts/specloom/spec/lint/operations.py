"""Rules on operations: how they are named, grouped, described, and what they leave to the client."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.spec.lint.subject import Breach, Subject
from specloom.spec.loading import UNREAD

# OpenAPI 3.1, section 4.8.12.2.1: a header parameter of one of these names is ignored.


def operations_have_ids(subject: Subject) -> Iterator[Breach]:
    """S03, beside what validity checks: uniqueness."""
    for operation in subject.api.operations:
        if "operationId" not in subject.document.at(operation.pointer):
            remedy = "add an operationId such as cancelOrder"
            yield Breach(operation.pointer, f"{operation.label} has no operationId", remedy)


def operations_have_one_declared_tag(subject: Subject) -> Iterator[Breach]:
    """S08."""
    declared = {tag["name"] for tag in subject.data.get("tags", [])}
    for operation in subject.api.operations:
        tags = subject.document.at(operation.pointer).get("tags", [])
        if len(tags) != 1:
            pointer = f"{operation.pointer}/tags" if tags else operation.pointer
            message = f"{operation.label} has {len(tags)} tags"
            yield Breach(pointer, message, "give it exactly one: it names the group of methods in the client")
        for index, tag in enumerate(tags):
            if tag not in declared:
                message = f"the tag {tag!r} is not declared"
                yield Breach(f"{operation.pointer}/tags/{index}", message, "declare it in `tags` at the root")


def operations_are_described(subject: Subject) -> Iterator[Breach]:
    """S09."""
    for operation in subject.api.operations:
        for member in ("summary", "description"):
            if not str(subject.document.at(operation.pointer).get(member, "")).strip():
                message = f"{operation.label} has no {member}"
                yield Breach(operation.pointer, message, f"add a {member} in your own words")


def reserved_headers_are_not_parameters(subject: Subject) -> Iterator[Breach]:
    """S21."""
    for operation in subject.api.operations:
        # Those of an operation that is read are the others.
        for base in (operation.pointer.rpartition("/")[0], operation.pointer):
            for index in range(len(subject.document.at(base).get("parameters", []))):
                pointer, parameter = subject.document.resolve(f"{base}/parameters/{index}")
                if parameter["in"] == "header" and parameter["name"].lower() in UNREAD:
                    message = f"the header {parameter['name']} is declared as a parameter"
                    remedy = "remove it: media types and security say it already"
                    yield Breach(pointer, message, remedy)


def secured_operations_name_their_schemes(subject: Subject) -> Iterator[Breach]:
    """S10; that the schemes are declared is among what makes a document usable."""
    for operation in subject.api.operations:
        if "security" not in subject.document.at(operation.pointer):
            remedy = "add the schemes it needs, or `security: []` when it needs none"
            yield Breach(operation.pointer, f"{operation.label} has no security of its own", remedy)


def security_schemes_have_credentials(subject: Subject) -> Iterator[Breach]:
    """S11."""
    for scheme in subject.api.security_schemes.values():
        tenants = {credential.tenant for credential in scheme.credentials if not credential.forbidden}
        if len(tenants) < 2:  # noqa: PLR2004 - two tenants, so that one can be kept from the other's records
            message = f"the scheme {scheme.name} has usable credentials of {len(tenants)} tenants"
            yield Breach(scheme.pointer, message, "add x-credentials for at least two tenants")
