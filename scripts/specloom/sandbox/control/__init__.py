"""The control plane under `/_sandbox/`: records, journal and descriptions of the APIs; outside every spec."""

from specloom.sandbox.control.access import Access
from specloom.sandbox.control.events import EventStream
from specloom.sandbox.control.plane import PREFIX, ControlPlane

__all__ = ["PREFIX", "Access", "ControlPlane", "EventStream"]
