"""Specialties in our own short words, by the taxonomy code that stands on claims (PRV03).

The code set is the NUCC's, and no text of it is here. A code without an entry is shown as it is.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"\d{3}[0-9A-Z]{6}X")

WORDS = {
    "207Q00000X": "family medicine", "207QA0505X": "family medicine", "207QG0300X": "geriatrics",
    "207QS0010X": "sports medicine", "208D00000X": "general practice", "207R00000X": "internal medicine",
    "208M00000X": "hospital medicine", "207RH0000X": "hematology", "207RC0000X": "cardiology",
    "207RI0011X": "cardiology, interventional", "207RC0001X": "cardiac electrophysiology",
    "207RC0200X": "critical care", "207RE0101X": "endocrinology", "207RG0100X": "gastroenterology",
    "207RG0300X": "geriatrics", "207RH0003X": "hematology and oncology", "207RX0202X": "oncology",
    "207RI0200X": "infectious disease", "207RN0300X": "nephrology", "207RP1001X": "pulmonology",
    "207RR0500X": "rheumatology", "207RS0012X": "sleep medicine", "207K00000X": "allergy and immunology",
    "208000000X": "pediatrics", "2080N0001X": "neonatology", "207P00000X": "emergency medicine",
    "208600000X": "general surgery", "2086S0129X": "vascular surgery", "208C00000X": "colorectal surgery",
    "208G00000X": "thoracic surgery", "207X00000X": "orthopedic surgery", "207T00000X": "neurosurgery",
    "208200000X": "plastic surgery", "208800000X": "urology", "207V00000X": "obstetrics and gynecology",
    "207VG0400X": "gynecology", "207W00000X": "ophthalmology", "207Y00000X": "otolaryngology",
    "207N00000X": "dermatology", "2084N0400X": "neurology", "2084P0800X": "psychiatry", "207L00000X": "anesthesiology",
    "208VP0014X": "pain medicine", "208100000X": "physical medicine", "2085R0202X": "radiology",
    "2085R0001X": "radiation oncology", "207ZP0102X": "pathology", "207U00000X": "nuclear medicine",
    "2083P0500X": "preventive medicine", "213E00000X": "podiatry", "111N00000X": "chiropractic",
    "152W00000X": "optometry", "122300000X": "dentistry", "363L00000X": "nurse practitioner",
    "363LF0000X": "nurse practitioner, family", "363LA2200X": "nurse practitioner, adults",
    "363LP0200X": "nurse practitioner, pediatrics", "363LA2100X": "nurse practitioner, acute care",
    "363A00000X": "physician assistant", "363AM0700X": "physician assistant",
    "363AS0400X": "physician assistant, surgery",
    "364S00000X": "clinical nurse specialist", "367500000X": "nurse anesthetist", "367A00000X": "nurse midwife",
    "103T00000X": "psychology", "103TC0700X": "psychology, clinical", "1041C0700X": "clinical social work",
    "225100000X": "physical therapy", "225X00000X": "occupational therapy", "235Z00000X": "speech therapy",
    "133V00000X": "nutrition", "261QU0200X": "urgent care",
}  # fmt: skip
"""Taxonomy code -> our words."""


def specialty(taxonomy: str) -> str:
    """Return the specialty of a taxonomy code in our words; a code without words as it is, words in lower case."""
    bare = " ".join(taxonomy.split())
    code = bare.upper()
    return WORDS.get(code, code if _CODE.fullmatch(code) else bare.lower())
