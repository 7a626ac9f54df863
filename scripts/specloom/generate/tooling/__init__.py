"""Write what a package has beside its client: command line, and examples and fixtures for tests."""

from specloom.generate.tooling.commands import command_modules
from specloom.generate.tooling.examples import write_examples
from specloom.generate.tooling.plugin import plugin_module

__all__ = ["command_modules", "plugin_module", "write_examples"]
