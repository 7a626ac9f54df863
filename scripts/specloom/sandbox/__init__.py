"""The stateful server that behaves as a spec says."""

from specloom.sandbox.app import Sandbox
from specloom.sandbox.process import SandboxProcess
from specloom.sandbox.server import RunningSandbox, base_url, listen, serve
from specloom.sandbox.store import Store, open_store
from specloom.sandbox.workers import Setup, Workers

__all__ = [
    "RunningSandbox",
    "Sandbox",
    "SandboxProcess",
    "Setup",
    "Store",
    "Workers",
    "base_url",
    "listen",
    "open_store",
    "serve",
]
