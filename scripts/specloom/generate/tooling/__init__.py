"""Write what a package has beside its client: the examples for tests."""

from specloom.generate.tooling.examples import write_examples

__all__ = ["write_examples"]
