"""Rewrite anybody's schemas so that datamodel-code-generator makes models that import and agree with them."""

from specloom.generate.modelling.document import modelled

__all__ = ["modelled"]
