"""Which objects of a document hold keywords, and which schemas there are."""

from __future__ import annotations

from specloom.spec import Document
from specloom.spec import pointer as json_pointer
from specloom.spec.subschemas import schema_sites
from specloom.spec.walking import walk


def test_names_and_payloads_hold_no_keywords() -> None:
    data = {
        "paths": {"/a": {"get": {"x-name": "b"}}},
        "components": {"schemas": {"x-a": {"properties": {"$ref": {"enum": [{"c": 1}]}}}}},
        "x-records": {"r": {"schema": {"items": {}}, "seeds": [{"record": {}}]}},
        "examples": {"one": {"value": {"$ref": "no"}}},
        "tags": [{"name": "t"}],
    }

    assert [json_pointer.join(*tokens) for tokens, _ in walk(data)] == [
        "",
        "/paths/~1a",
        "/paths/~1a/get",
        "/components",
        "/components/schemas/x-a",
        "/components/schemas/x-a/properties/$ref",
        "/x-records/r/schema",
        "/x-records/r/schema/items",
        "/examples/one",
        "/tags/0",
    ]


def test_every_schema_is_found_once_with_the_keyword_that_holds_it(parcel: Document) -> None:
    sites = {site.pointer: site for site in schema_sites(parcel.data)}

    assert len(sites) == len(list(schema_sites(parcel.data)))
    assert sites["/components/schemas/Parcel"].component == "Parcel"
    assert sites["/components/schemas/Parcel/properties/state/anyOf/0"].keyword == "anyOf"
    assert sites["/components/schemas/Parcel/properties/weights/items"].keyword == "items"
    assert sites["/x-records/parcel/schema/properties/note"].in_records
    parameter = sites["/paths/~1parcels~1{number}~1hold/post/parameters/0/schema"]
    assert (parameter.keyword, parameter.component, parameter.in_records) == (None, None, False)
