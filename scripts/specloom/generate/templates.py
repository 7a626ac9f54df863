"""Keep the compiled templates of openapi-python-client: it compiles them anew for each API, half of its time."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """A store of compiled templates in memory, for all APIs that one process generates."""

    def __init__(self) -> None:
        """Start with none."""
        self._compiled: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template, in the wording that its checksum stands for, was compiled before."""
        if (bucket.key, bucket.checksum) in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key, bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template that was compiled into `bucket`."""
        self._compiled[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
