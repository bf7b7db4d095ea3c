"""Findings about a case: one rule, one file; the catalogue finds and runs them."""

from chartcode.validate.catalogue import catalogue, chosen, validate
from chartcode.validate.rule import Rule

__all__ = ["Rule", "catalogue", "chosen", "validate"]
