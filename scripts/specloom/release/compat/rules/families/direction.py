"""Rules about members that one side of the wire no longer sends, or sends now: readOnly and writeOnly."""

from __future__ import annotations

from collections.abc import Iterator

from specloom.release.compat.change import Side
from specloom.release.compat.comparing.states import State, state
from specloom.release.compat.pairs import ShapePair
from specloom.release.compat.rule import Delta, TypedRule
from specloom.release.compat.variance import Variance


def one_way(rule: str, keyword: str, side: Side) -> TypedRule:
    """Return the rule about `keyword`, which keeps a member out of what is sent on `side`."""

    def check(pair: ShapePair) -> Iterator[Delta]:
        before, after = pair.base.members, pair.revision.members
        if pair.side is not side:
            return
        for name in sorted(before.properties.keys() & after.hidden):
            if state(pair.base, name) is State.DECLARED:
                accepted = Variance.WIDENED if name in before.required else Variance.SAME
                message = f"the member {name!r} became {keyword}"
                yield Delta(Variance.CHANGED, message, f"properties/{name}", _WHY[side], accepted=accepted)
        for name in sorted((before.hidden & after.properties.keys()) - after.required):
            yield Delta(Variance.EXTENDED, f"the member {name!r} is no longer {keyword}", f"properties/{name}")

    return TypedRule(
        rule,
        f"a property became or is no longer {keyword}",
        check,
        request="Go on taking the member in requests until the next major version.",
        response="Go on sending the member in responses until the next major version.",
        types=frozenset({"object"}),
    )


_WHY = {
    Side.REQUEST: "What clients send there is not taken any more.",
    Side.RESPONSE: "What clients read there does not come any more.",
}
