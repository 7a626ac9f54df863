"""Values that a schema accepts; the last release of hypothesis-jsonschema does not work with this Hypothesis."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

# Names that mean something to a class of either kind, or to Python.
_NAMES = ["", "class", "self", "data", "model_config", "additional_properties", "to_dict", "__class__", "root", "ä b"]
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


def values(schema: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a schema without references; a few may break a keyword that is not looked at."""
    if not isinstance(schema, Mapping) or not schema.keys() - {"description", "examples", "title", "default"}:
        return _JSON
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if alternatives := schema.get("anyOf") or schema.get("oneOf"):
        return st.one_of(*map(values, alternatives))
    types = schema.get("type", "object")
    return st.one_of(*(_BY_TYPE[each](schema) for each in ([types] if isinstance(types, str) else types)))


@st.composite
def times(draw: st.DrawFn) -> str:
    """Draw a time in any notation of RFC 3339."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(["2016-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00", "2016-12-31t23:59:60.25z"]))
    text = draw(st.datetimes()).isoformat(draw(st.sampled_from("Tt")), "seconds")
    fraction = draw(st.sampled_from(["", ".0", ".000", ".123456", ".100", ".123456789"]))
    return text + fraction + draw(st.sampled_from(["Z", "z", "+00:00", "-00:00", "+05:30", "-23:59"]))


def _string(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], alphabet=st.characters(codec="ascii"))
    if schema.get("format") == "date-time":
        return times()
    if schema.get("format") == "date":
        return st.dates().map(str)
    if schema.get("format") == "uuid":
        return st.uuids().map(str).flatmap(lambda text: st.sampled_from([text, text.upper()]))
    least = schema.get("minLength", 0)
    return st.text(min_size=least, max_size=schema.get("maxLength", least + 5))


def _integer(schema: Mapping[str, Any]) -> st.SearchStrategy[int | float]:
    least, most = schema.get("minimum"), schema.get("maximum")
    whole = st.integers(None if least is None else math.ceil(least), None if most is None else math.floor(most))
    return whole | whole.filter(lambda value: abs(value) < 2**53).map(float)


def _number(schema: Mapping[str, Any]) -> st.SearchStrategy[int | float]:
    least, most = schema.get("minimum"), schema.get("maximum")
    return _integer(schema) | st.floats(least, most, allow_nan=False, allow_infinity=False)


def _array(schema: Mapping[str, Any]) -> st.SearchStrategy[list[Any]]:
    least = schema.get("minItems", 0)
    sizes = st.integers(least, min(schema.get("maxItems", least + 2), least + 2))
    first = list(map(values, schema.get("prefixItems", ())))
    rest = values(schema.get("items", {}))
    return sizes.flatmap(lambda size: st.tuples(*first[:size], *[rest] * (size - len(first)))).map(list)


def _object(schema: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    properties = {name: values(each) for name, each in schema.get("properties", {}).items()}
    required = {name: properties.pop(name) for name in schema.get("required", ()) if name in properties}
    listed = st.fixed_dictionaries(required, optional=properties)
    others = schema.get("additionalProperties", True)
    if others is False:
        return listed
    # Not a name of an attribute: pydantic keeps one record of what is set for attributes and for further members.
    names = (st.sampled_from(_NAMES) | st.text('äßZ0 /~."\\\n漢😀', max_size=4)).filter(
        lambda name: name not in schema.get("properties", {})
    )
    further = st.dictionaries(names, values(others), max_size=2)
    return st.tuples(listed, further).map(lambda both: {**both[0], **both[1]})


_BY_TYPE: dict[str, Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]] = {
    "null": lambda _: st.none(),
    "boolean": lambda _: st.booleans(),
    "integer": _integer,
    "number": _number,
    "string": _string,
    "array": _array,
    "object": _object,
}
