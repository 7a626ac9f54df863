"""Write values as YAML that is read back as the same values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import yaml

from specloom.spec.errors import SpecloomError
from specloom.spec.reading import parse

_WIDTH: Final = 120


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Quotes what YAML 1.1 or YAML 1.2 would take for something else than text, and never writes an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


# YAML 1.2 has numbers that YAML 1.1, which PyYAML knows, takes for text: 1e3 and 0o7.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$|^0o[0-7]+$"), list("-+0123456789"))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    lines = "\n" in value and not any(line.endswith((" ", "\t")) for line in value.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if lines else None)


_Dumper.add_representer(str, _text)


def write(data: Any) -> str:
    """Return `data`, of JSON values only, as YAML 1.2, members in their order."""
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    if parse(text, Path("openapi.yaml")).data != data:
        raise SpecloomError("this document cannot be written as YAML")
    return text
