"""HL7 v2 messages -> charts: ADT, ORU, MDM, DFT, BAR, RDE, ORM, OML, VXU, REF, PPR, SIU and their kin, v2.1 to v2.9."""

from chartcode.collect.hl7v2.reader import NAME, charts, recognise

__all__ = ["NAME", "charts", "recognise"]
