"""Make the names of a draft: of operations, tags, components, and the words in its descriptions."""

from __future__ import annotations

import re
from typing import Final

import attrs

_VERSION: Final = re.compile(r"v[0-9]+(?:\.[0-9]+)*|api")
_VERBS: Final = {"get": "get", "post": "create", "put": "replace", "patch": "update", "delete": "delete"}


@attrs.frozen
class Names:
    """What an operation is called: `verb` and `thing` as in cancel and order, `tag` as its path has the thing."""

    verb: str
    thing: str
    tag: str

    @property
    def operation(self) -> str:
        """The operationId."""
        return self.verb + pascal(self.thing)

    @property
    def schema(self) -> str:
        """What the names of the components of its bodies begin with."""
        return pascal(self.thing) + pascal(self.verb)


def names(method: str, path: str) -> Names:
    """Return the names for an operation.

    Of `POST /orders/{id}/cancel`, the last segment is the verb; of a path that ends with a thing, or a parameter,
    the method is.
    """
    segments = [part for part in path.split("/") if part and not _VERSION.fullmatch(part)]
    static = [part for part in segments if not part.startswith("{")]
    is_action = method == "POST" and len(static) > 1 and segments[-1] == static[-1]
    verb = static.pop() if is_action else _VERBS.get(method.lower(), method.lower())
    tag = static[-1] if static else "root"
    return Names(camel(verb), singular(tag), re.sub(r"[^a-z0-9]+", "_", tag.lower()).strip("_") or "root")


def words(name: str) -> list[str]:
    """Return the words of a name in lower case: `order_id` and `orderId` have two."""
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)]


def pascal(name: str) -> str:
    """Return a name in PascalCase."""
    made = "".join(part.capitalize() for part in words(name)) or "Value"
    return made if made[0].isalpha() else f"Value{made}"


def camel(name: str) -> str:
    """Return a name in camelCase."""
    made = pascal(name)
    return made[0].lower() + made[1:]


def singular(name: str) -> str:
    """Return the singular of an English plural, as far as its ending tells."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith(("ches", "shes", "xes", "sses")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us")) else name


def phrase(name: str) -> str:
    """Return a description made of a name, for somebody to replace."""
    return f"The {' '.join(words(name)) or 'value'}."
