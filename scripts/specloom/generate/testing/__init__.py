"""Test code that uses this package without a server: a transport that answers from the examples of the API.

Give an `ExampleTransport` to a client as `transport`, or use the fixtures of the pytest plugin.
"""

from specloom.generate.testing.examples import ExampleError
from specloom.generate.testing.recording import RecordedRequest
from specloom.generate.testing.transport import ExampleTransport

__all__ = ("ExampleError", "ExampleTransport", "RecordedRequest")
