"""The numbered rules of specs, in one table; a number never changes its meaning, and is never used again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import attrs

from specloom.spec.lint import (
    components,
    examples,
    expressions,
    generators,
    metadata,
    names,
    openness,
    operations,
    outcomes,
    patterns,
    seeds,
    types,
    unions,
)
from specloom.spec.lint.subject import Breach, Subject

Check = Callable[[Subject], Iterator[Breach]]


@attrs.frozen
class Rule:
    """A rule: its number, what it demands, and what finds the breaches of it.

    A rule without a check is one that `specloom.spec.validity` looks after, before all others.
    """

    number: str
    statement: str
    check: Check | None = None


RULES: Final = (
    Rule("S01", "A spec is a valid OpenAPI 3.1 document."),
    Rule("S02", "Every $ref leads to something in the same file."),
    Rule("S03", "Every operation has an operationId of its own.", operations.operations_have_ids),
    Rule("S04", "Every x- keyword follows the behaviour vocabulary."),
    Rule("S05", "Behaviour refers only to what exists."),
    Rule("S06", "Every object and every enum is a component.", components.objects_and_enums_are_components),
    Rule("S07", "Component schemas have PascalCase names.", components.component_schemas_are_pascal_case),
    Rule(
        "S08", "Every operation has exactly one tag, declared at the root.", operations.operations_have_one_declared_tag
    ),
    Rule("S09", "Every operation has a summary and a description.", operations.operations_are_described),
    Rule(
        "S10",
        "Every operation has its own security, which names declared schemes.",
        operations.secured_operations_name_their_schemes,
    ),
    Rule(
        "S11",
        "Every security scheme has credentials of at least two tenants.",
        operations.security_schemes_have_credentials,
    ),
    Rule("S12", "Every parameter and every request body has an example.", examples.requests_have_examples),
    Rule("S13", "Every response with content has an example.", examples.responses_have_examples),
    Rule("S14", "Every example and every default satisfies its schema.", examples.examples_are_valid),
    Rule(
        "S15",
        "A nullable scalar is `type: [T, 'null']`, and anything else nullable is an anyOf of a $ref and null.",
        types.null_is_written_in_one_way,
    ),
    Rule("S16", "Every array has items.", types.arrays_have_items),
    Rule(
        "S17",
        "A union of objects in a request is a oneOf with a discriminator, a const per alternative and a full mapping.",
        unions.request_unions_are_discriminated,
    ),
    Rule("S18", "An enum in a response stands in an anyOf beside its plain type.", openness.response_enums_are_open),
    Rule("S19", "An object in a response allows further members.", openness.response_objects_are_open),
    Rule(
        "S20",
        "A pattern starts with ^, ends with $ and spells out its ASCII characters.",
        patterns.patterns_are_anchored_and_ascii,
    ),
    Rule(
        "S21",
        "Accept, Authorization and Content-Type are not declared as parameters.",
        operations.reserved_headers_are_not_parameters,
    ),
    Rule(
        "S22",
        "Nothing is used that the client generator silently drops.",
        generators.nothing_is_dropped,
    ),
    Rule("S23", "The version of the API is a semantic version.", metadata.version_is_semantic),
    Rule("S24", "Every component schema, property and parameter has a description.", metadata.everything_is_described),
    Rule("S25", "Every server has an x-name of its own.", metadata.servers_have_names),
    Rule(
        "S26",
        "Every seeded record satisfies its schema, is in a listed state and has keys of its own.",
        seeds.records_are_valid,
    ),
    Rule(
        "S27",
        "The seeds are enough to test with: two tenants, 150 records to act on, one to refuse.",
        seeds.records_are_enough,
    ),
    Rule("S28", "Every declared status below 500 answers some outcome.", outcomes.statuses_can_be_sent),
    Rule("S29", "Every outcome that can happen has an answer, and no other has.", outcomes.outcomes_are_answered),
    Rule(
        "S30",
        "Every runtime expression leads to a declared parameter, header or member.",
        expressions.expressions_lead_somewhere,
    ),
    Rule("S31", "A condition is written as a union.", types.conditions_are_unions),
    Rule("S32", "A schema has only keywords that JSON Schema and OpenAPI know.", types.keywords_are_known),
    Rule("S33", "Every required member is declared as a property.", types.required_members_are_declared),
    Rule("S34", "A success that has content says what it ensures.", outcomes.successes_ensure_something),
    Rule("S35", "Every operation names the documentation page it was written from.", metadata.operations_name_a_page),
    Rule(
        "S36",
        "An x-name on info is PascalCase; on a server or an operation it is lower case, and one operation's alone.",
        names.names_fit_what_they_name,
    ),
    Rule("S37", "Some value satisfies each schema.", examples.schemas_can_be_satisfied),
)
