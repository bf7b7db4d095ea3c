"""A code and the system that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

ICD10CM = "ICD-10-CM"
ICD10PCS = "ICD-10-PCS"
CPT = "CPT"
HCPCS = "HCPCS"

SYSTEMS = (ICD10CM, ICD10PCS, CPT, HCPCS)
"""The systems that Chartcode assigns."""

ICD9CM = "ICD-9-CM"
ICD10 = "ICD-10"
SNOMED = "SNOMED CT"
RXNORM = "RxNorm"
LOINC = "LOINC"
CVX = "CVX"
NDC = "NDC"
CDT = "CDT"
UNII = "UNII"
MSDRG = "MS-DRG"
REVENUE = "revenue code"

TERMINOLOGIES = (ICD9CM, ICD10, SNOMED, RXNORM, LOINC, CVX, NDC, CDT, UNII, MSDRG, REVENUE)
"""Other systems by which records code their facts; a code of a system that has no name here keeps the system's URI."""

CATEGORY = r"[A-Z](?:\d[0-9A-Z]|[A-Z]\d)"
"""How a category of ICD-10-CM is spelled: I10, C4A, and since FY2026 QA0."""

_CM = re.compile(rf"{CATEGORY}(?:\.?[0-9A-Z]{{1,4}})?")


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """One code of one system, written as its book prints it (``E11.42``, ``0DTJ4ZZ``, ``99213``)."""

    system: str
    value: str

    def __str__(self) -> str:
        """Return the code as printed."""
        return self.value


def dotted(value: str) -> str:
    """Return an ICD-10-CM code in upper case with its dot, whatever way it was written.

    >>> dotted("e1142"), dotted("I10"), dotted("T85.09XA")
    ('E11.42', 'I10', 'T85.09XA')
    """
    bare = value.strip().upper().replace(".", "")
    return bare if len(bare) <= 3 else f"{bare[:3]}.{bare[3:]}"


def looks_like_icd10cm(value: str) -> bool:
    """Tell whether a string has the shape of an ICD-10-CM category or code (not that it exists)."""
    return _CM.fullmatch(value.strip().upper()) is not None


def icd10cm(value: str) -> Code:
    """Return an ICD-10-CM code from any spelling of it.

    Raises:
        ValueError: the string does not have the shape of an ICD-10-CM code.
    """
    if not looks_like_icd10cm(value):
        raise ValueError(f"{value!r} does not have the shape of an ICD-10-CM code; write it like E11.42")
    return Code(ICD10CM, dotted(value))
