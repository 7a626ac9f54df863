"""Write what a package has beside its client: command line, and examples and fixtures for tests."""

from specloom.generate.tooling.commands import write_commands
from specloom.generate.tooling.examples import write_examples
from specloom.generate.tooling.plugin import write_plugin

__all__ = ["write_commands", "write_examples", "write_plugin"]
