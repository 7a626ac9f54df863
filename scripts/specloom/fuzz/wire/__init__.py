"""Ways to a server: over HTTP, or into an ASGI application in this process."""

from specloom.fuzz.wire.asgi_wire import AsgiApp, AsgiWire
from specloom.fuzz.wire.http_wire import HttpWire
from specloom.fuzz.wire.message import Answer, Headers, NoAnswerError, Request, Wire

__all__ = ["Answer", "AsgiApp", "AsgiWire", "Headers", "HttpWire", "NoAnswerError", "Request", "Wire"]
