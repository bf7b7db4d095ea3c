"""X12 claims (837 professional and institutional) and remittances (835) -> charts, cases and payments."""

from chartcode.collect.x12.case import case_of_claim
from chartcode.collect.x12.reader import NAME, charts, claims, recognise, remittances, statuses, whole

__all__ = ["NAME", "case_of_claim", "charts", "claims", "recognise", "remittances", "statuses", "whole"]
