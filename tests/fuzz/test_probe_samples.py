"""Values are made up of schemas that hold themselves, too."""

from __future__ import annotations

import json
from pathlib import Path

from specloom.fuzz.probes.sampling import Sampler
from specloom.spec import Schemas
from specloom.spec.reading import parse


def test_a_whole_value_of_a_schema_whose_elements_hold_it_ends() -> None:
    inner = {"type": "array", "items": {"$ref": "#/components/schemas/Box"}}
    box = {"type": "object", "properties": {"number": {"type": "integer"}, "boxes": inner}}
    document = parse(json.dumps({"components": {"schemas": {"Box": box}}}), Path("spec.yaml"))
    sampler = Sampler(document, Schemas(document))

    found = sampler.sample("/components/schemas/Box", full=True)

    assert found["boxes"][0]["boxes"][0]["number"] == 0
    assert found is not sampler.sample("/components/schemas/Box", full=True)
