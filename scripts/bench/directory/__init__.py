"""Measure the generator on a folder of as many specs as the largest public directory has."""
