"""Make the facade of a package: its client class, groups, methods and errors, as specs/README.md names them."""

from specloom.generate.facade.plan import Facade, Group, Method
from specloom.generate.facade.planning import plan

__all__ = ["Facade", "Group", "Method", "plan"]
