from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from tests.release.compat.documents import document

from specloom.cli import main
from specloom.release.compat.change import Severity
from specloom.release.compat.rules import api_rules, operation_rules
from specloom.release.compat.sources import check_comparable
from specloom.release.compat.wire import wire_changes
from specloom.spec import Document, SpecloomError, find_specs, load

ROOT = Path(__file__).parent.parent.parent.parent
SPECS = find_specs(folder=ROOT / "specs")
DOCUMENTS = [load(path) for path in [*SPECS, *sorted(Path(__file__).parent.glob("rules/*/base.yaml"))]]
OURS = {*(rule.id for rule in api_rules()), *(rule.id for rule in operation_rules())}
# Keywords that change what is around them.
KEYWORDS = ["$ref", "allOf", "callbacks", "content", "deprecated", "in", "parameters", "required", "schema", "x-sunset"]
JUNK = st.recursive(
    st.sampled_from([None, True, 0, 1.5, "", "x", "2027-01-31", "#/info", 10**30])
    | st.text(st.characters(codec="utf-8"), max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any, tokens: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [places(child, (*tokens, key)) for key, child in children if key != "x-records"]
    return [tokens, *(place for each in below for place in each)]


PLACES = [places(each.data)[1:] for each in DOCUMENTS]


@attrs.frozen
class Edited:
    """A document, and the same after some edits."""

    base: Document = attrs.field(repr=False)
    revision: Document = attrs.field(repr=False)


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    """Let some values of a document go, take nonsense in their place, or add some, as long as it can be compared."""
    index = draw(st.integers(0, len(DOCUMENTS) - 1))
    data = copy.deepcopy(DOCUMENTS[index].data)
    for *parents, last in draw(st.lists(st.sampled_from(PLACES[index]), min_size=1, max_size=3)):
        holder = data
        for token in parents:
            holder = holder[token] if isinstance(holder, dict) and token in holder else {}
        if not isinstance(holder, dict):
            continue
        match draw(st.sampled_from(["drop", "replace", "add"])):
            case "drop":
                holder.pop(last, None)
            case "replace":
                holder[last] = draw(JUNK)
            case "add":
                holder[draw(st.sampled_from(KEYWORDS))] = draw(JUNK)
    revision = document(data)
    try:
        check_comparable(revision)
    except SpecloomError:
        reject()
    return Edited(DOCUMENTS[index], revision)


@settings(max_examples=300)
@given(edited())
def test_any_document_is_compatible_with_itself(pair: Edited) -> None:
    assert wire_changes(pair.revision, pair.revision) == ()


@settings(max_examples=300)
@given(edited())
def test_what_is_found_in_one_direction_is_found_in_the_other(pair: Edited) -> None:
    def worst(base: Document, revision: Document) -> Severity:
        severities = [each.severity for each in wire_changes(base, revision) if each.rule in OURS]
        return max(severities, default=Severity.NONE)

    forward, backward = worst(pair.base, pair.revision), worst(pair.revision, pair.base)

    assert (forward > Severity.NONE) == (backward > Severity.NONE)


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_our_specs_are_compatible_with_themselves(spec: Path) -> None:
    done = CliRunner().invoke(main, ["compat", "--wire-only", str(spec), str(spec.parent)])

    assert "This asks for no version: nothing changed." in done.output
    assert done.exit_code == 0


@settings(max_examples=200)
@given(content=st.binary() | JUNK.map(lambda value: f"openapi: 3.1.0\npaths: {value!r}".encode()))
def test_no_input_gives_a_traceback(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "openapi.yaml"
    path.write_bytes(content)

    done = CliRunner().invoke(main, ["compat", str(SPECS[0]), str(path)])

    assert done.exit_code in {1, 2}
    assert done.exception is None or isinstance(done.exception, SystemExit)
