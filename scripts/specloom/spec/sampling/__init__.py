"""Make values of schemas."""

from specloom.spec.sampling.contradictions import Contradictions
from specloom.spec.sampling.mending import mended
from specloom.spec.sampling.sampler import NoValueError, Sampler

__all__ = ["Contradictions", "NoValueError", "Sampler", "mended"]
