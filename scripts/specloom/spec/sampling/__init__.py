"""Make values of schemas."""

from specloom.spec.sampling.sampler import NoValueError, Sampler

__all__ = ["NoValueError", "Sampler"]
