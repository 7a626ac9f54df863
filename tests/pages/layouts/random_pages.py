"""Hypothesis strategies: made-up operations, and single changes of one."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st
from tests.pages.layouts.documented import SCALARS, Answer, Documented, Member, Shape

# Names as vendors have them, among them some that layouts use for headings, marks and labels of their own.
NAMES = (
    *("id", "box_id", "name", "type", "status", "message", "code", "error", "data", "note", "items_left", "createdAt"),
    *("street2", "orders", "detail", "lines", "weight", "unit_price", "is_open", "peak_surchage", "X", "bar_code_eid"),
    *("sku", "request", "example", "value", "label_url", "size"),
)
_DESCRIPTIONS = ("What it is about.", "Told to whoever asks.", "The box's own word for it.", "As the clerk wrote it.")
_WORDS = ("OPEN", "SHUT", "ON_HOLD", "GONE", "TIP", "LIFT", "OTHERS")
_STRINGS = ("B-1", "Parcel damaged", "29214E4A37E", "2025-01-02T03:04:05Z", "F-1/2", "ABC-001")
_ANSWERS = (("200", "Success"), ("201", "Created"), ("400", "Bad Request"), ("401", "Unauthorized"), ("404", "Gone"))
_ELEMENTS = tuple(Shape(name, example) for name, example in zip(SCALARS, ("a", 1, 1.5, True), strict=True))


def strings() -> st.SearchStrategy[Shape]:
    """Return a strategy for strings: plain, of digits, limited, or one of some values."""
    plain = st.builds(
        lambda example, longest, *, is_nullable: Shape(
            "string", example, limits=(("maxLength", longest),) if longest else (), is_nullable=is_nullable
        ),
        st.sampled_from(_STRINGS),
        st.none() | st.integers(30, 255),
        is_nullable=st.booleans(),
    )
    digits = st.integers(10, 99999).map(lambda number: Shape("string", str(number), limits=(("pattern", "^[0-9]+$"),)))
    return plain | digits | enums()


def enums() -> st.SearchStrategy[Shape]:
    """Return a strategy for strings that are one of some values."""
    listed = st.lists(st.sampled_from(_WORDS), min_size=2, max_size=4, unique=True)
    return listed.map(lambda values: Shape("string", values[0], enum=tuple(values)))


def scalars() -> st.SearchStrategy[Shape]:
    """Return a strategy for values that hold no others."""
    integers = st.builds(
        lambda number, top: Shape("integer", number, limits=(("maximum", number + top),) if top else ()),
        st.integers(0, 5000),
        st.integers(0, 9),
    )
    numbers = st.integers(1, 9999).map(lambda number: Shape("number", number + 0.5))
    return strings() | integers | numbers | st.booleans().map(lambda value: Shape("boolean", value))


def members(shapes: st.SearchStrategy[Shape], *, least: int = 1) -> st.SearchStrategy[tuple[Member, ...]]:
    """Return a strategy for members of one object, some of which are required with a value of another one."""
    drawn = st.lists(
        st.builds(Member, st.sampled_from(NAMES), shapes, st.booleans(), st.sampled_from(_DESCRIPTIONS)),
        min_size=least,
        max_size=4,
        unique_by=lambda member: member.name,
    )
    return st.tuples(drawn.map(tuple), st.booleans()).map(lambda pair: _with_condition(*pair))


def _with_condition(found: tuple[Member, ...], has_one: bool) -> tuple[Member, ...]:
    tag = next((member for member in found if member.shape.enum), None)
    other = next((member for member in found if not member.shape.enum and not member.is_required), None)
    if not has_one or tag is None or other is None:
        return found
    condition = (tag.name, tag.shape.enum[-1])
    changed = {tag.name: attrs.evolve(tag, is_required=True), other.name: attrs.evolve(other, condition=condition)}
    return tuple(changed.get(member.name, member) for member in found)


def objects(*, depth: int = 2) -> st.SearchStrategy[Shape]:
    """Return a strategy for objects with members up to `depth` levels below theirs."""
    shapes = scalars()
    if depth:
        inner = objects(depth=depth - 1)
        lists = st.builds(
            lambda items, longest: Shape("array", items=items, limits=(("maxItems", longest),) if longest else ()),
            inner | st.sampled_from(_ELEMENTS),
            st.integers(0, 100),
        )
        shapes = scalars() | inner | lists
    return members(shapes).map(lambda found: Shape("object", members=found))


@st.composite
def pages(draw: st.DrawFn) -> Documented:
    """Draw an operation."""
    handles = draw(st.lists(st.sampled_from(["box", "shelf_id"]), max_size=2, unique=True))
    path = "/v2/boxes" + "".join(f"/{{{name}}}" for name in handles) + "/empty"
    placed = [("path", Member(name, Shape("string", f"{name.upper()}-1"), is_required=True)) for name in handles]
    for place, names in (("query", ("mode", "reference", "page_size")), ("header", ("X-Trace", "Accept-Language"))):
        for name in draw(st.lists(st.sampled_from(names), max_size=2, unique=True)):
            member = Member(name, draw(strings()), draw(st.booleans()))
            placed.append((place, member))
    found = draw(st.lists(st.sampled_from(_ANSWERS), min_size=1, max_size=3, unique=True))
    answers = [Answer(status, text, draw(st.none() | objects())) for status, text in sorted(found)]
    answers[0] = attrs.evolve(answers[0], body=answers[0].body or draw(objects()))
    return Documented(
        title=draw(st.sampled_from(["Empty Box", "Box – Empty", "Empty a box now"])),
        method=draw(st.sampled_from(["POST", "PUT"])),
        path=path,
        answers=tuple(answers),
        parameters=tuple(placed),
        request=draw(st.none() | objects()),
    )
