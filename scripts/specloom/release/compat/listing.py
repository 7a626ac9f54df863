"""List the rules that both verdicts are made of."""

from __future__ import annotations

import attrs

from specloom.release.compat.client.rules import CLIENT_RULES
from specloom.release.compat.rules import api_rules, operation_rules, schema_rules


@attrs.frozen
class ListedRule:
    """A rule by its id, what it is about (`schema`, `operation`, `api` or `client`), and what it finds."""

    id: str
    about: str
    title: str


def listed_rules() -> list[ListedRule]:
    """Return every rule, those of the wire before those of the client, each kind sorted by id."""
    kinds = {"schema": schema_rules(), "operation": operation_rules(), "api": api_rules(), "client": CLIENT_RULES}
    return [ListedRule(rule.id, about, rule.title) for about, rules in kinds.items() for rule in rules]
