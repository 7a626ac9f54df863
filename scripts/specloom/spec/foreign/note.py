"""What was changed while a document was adopted."""

from __future__ import annotations

import attrs

from specloom.spec.finding import readable


@attrs.frozen
class Note:
    """A change at `pointer` in the adopted document; `lost` when something that the document said is gone with it."""

    pointer: str
    message: str = attrs.field(converter=readable)
    lost: bool = False
