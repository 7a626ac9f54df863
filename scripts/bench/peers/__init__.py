"""Install what specloom is compared with, into a private folder."""

from bench.peers.jar import generator_jar
from bench.peers.prism import install_prism
from bench.peers.python import peer_python

__all__ = ["generator_jar", "install_prism", "peer_python"]
