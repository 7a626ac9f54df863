"""Make sure that a client has every operation of its spec: openapi-python-client drops some without a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from specloom.generate.prepared import Prepared

_FUNCTIONS: Final = frozenset({"sync_detailed", "asyncio_detailed"})
_FUNCTION: Final = re.compile(r"^(?:async )?def (\w+)\(", re.MULTILINE)


def check_operations(prepared: Prepared, modules: Mapping[str, str]) -> None:
    """Raise SpecloomError unless the `modules` of a client, by path, are those of the operations that it is of."""
    api, found = prepared.api, callable_modules(modules)
    taken: dict[tuple[str, str], str] = {}
    for operation in api.operations:
        module = prepared.modules[operation.id]
        if module not in found:
            raise api.document.error(
                f"openapi-python-client left out {operation.label}",
                operation.pointer,
                "look for what it cannot read here: $ref on a path, a boolean schema, an enum of several types, $defs",
            )
        if module in taken:
            raise api.document.error(
                f"{operation.label} and {taken[module]} would both be the module {'.'.join(module)}",
                f"{operation.pointer}/operationId",
                "give one of them another operationId",
            )
        taken[module] = operation.label
    for module in sorted(found - taken.keys()):
        raise api.document.error(
            f"openapi-python-client made {'.'.join(module)}, which is no operation of the spec",
            "/paths",
            "name each operation by an operationId",
        )


def callable_modules(modules: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return (tag, module) of each module below `api/` that has the functions of an operation."""
    return {
        (place.parent.name, place.stem)
        for path, text in modules.items()
        if (place := PurePosixPath(path)).parts[0] == "api" and set(_FUNCTION.findall(text)) >= _FUNCTIONS
    }
