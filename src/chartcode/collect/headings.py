"""What the LOINC codes of documents and of their sections mean in our vocabularies (C-CDA, FHIR Composition).

Source: C-CDA R2.1 section and document templates; LOINC document ontology.
"""

from __future__ import annotations

from chartcode.collect import kinds
from chartcode.collect.sections import sections

SECTIONS = {
    "10154-3": "chief complaint",
    "46239-0": "chief complaint",
    "29299-5": "reason for visit",
    "42349-1": "reason for consultation",
    "10164-2": "history of present illness",
    "11348-0": "past medical history",
    "11338-1": "past medical history",
    "11329-0": "past medical history",
    "10167-5": "past surgical history",
    "10157-6": "family history",
    "29762-2": "social history",
    "48765-2": "allergies",
    "10155-0": "allergies",
    "10160-0": "medications",
    "29549-3": "medications",
    "42346-7": "medications",
    "10183-2": "discharge medications",
    "75311-1": "discharge medications",
    "11369-6": "immunizations",
    "8716-3": "vitals",
    "29545-1": "physical exam",
    "29544-3": "physical exam",
    "10210-3": "physical exam",
    "10187-3": "review of systems",
    "30954-2": "labs",
    "11502-2": "labs",
    "30955-9": "labs",
    "18725-2": "labs",
    "18748-4": "imaging",
    "18782-3": "imaging",
    "11493-4": "labs",
    "11450-4": "problem list",
    "75326-9": "problem list",
    "46241-6": "admission diagnosis",
    "42347-5": "admission diagnosis",
    "11535-2": "discharge diagnosis",
    "29308-4": "diagnosis",
    "78375-3": "discharge diagnosis",
    "51848-0": "assessment",
    "51847-2": "assessment and plan",
    "18776-5": "plan",
    "47420-5": "other",
    "10190-7": "physical exam",
    "8648-8": "hospital course",
    "8653-8": "discharge instructions",
    "69730-0": "discharge instructions",
    "10184-0": "physical exam",
    "47519-4": "procedure",
    "29554-3": "procedure description",
    "8724-7": "procedure description",
    "59775-7": "disposition",
    "59768-2": "indications",
    "59769-0": "postoperative diagnosis",
    "10218-6": "postoperative diagnosis",
    "10219-4": "preoperative diagnosis",
    "10223-6": "procedure",
    "59774-0": "anesthesia",
    "55109-3": "complications",
    "59770-8": "estimated blood loss",
    "59771-6": "procedure description",
    "59773-2": "specimens",
    "59772-2": "plan",
    "59772-4": "plan",
    "62387-6": "procedure",
    "42344-2": "discharge instructions",
    "18841-7": "consults",
    "11537-8": "procedure description",
    "8709-8": "physical exam",
    "61146-7": "plan",
    "75310-3": "problem list",
    "46240-8": "other",
    "10830-8": "complications",
    "10216-0": "procedure description",
    "59776-5": "findings",
    "46264-8": "other",
    "48768-6": "other",
    "42348-3": "other",
    "61149-1": "objective",
    "61150-9": "subjective",
    "19005-8": "impression",
    "55110-1": "impression",
    "18785-6": "reason for visit",
    "55111-5": "technique",
    "55115-0": "reason for visit",
    "55114-3": "comparison",
}
"""The name of a section (``chartcode.collect.sections``) by its LOINC or DICOM code."""

KINDS = {
    "18842-5": kinds.DISCHARGE_SUMMARY,
    "28655-9": kinds.DISCHARGE_SUMMARY,
    "11490-0": kinds.DISCHARGE_SUMMARY,
    "11504-8": kinds.OPERATIVE_NOTE,
    "28570-0": kinds.PROCEDURE_NOTE,
    "34117-2": kinds.HISTORY_AND_PHYSICAL,
    "11506-3": kinds.PROGRESS_NOTE,
    "11488-4": kinds.CONSULT,
    "34111-5": kinds.ED_NOTE,
    "34878-9": kinds.ED_NOTE,
    "51845-6": kinds.ED_NOTE,
    "34109-9": kinds.OTHER,
    "18748-4": kinds.RADIOLOGY_REPORT,
    "18782-3": kinds.RADIOLOGY_REPORT,
    "11526-1": kinds.PATHOLOGY_REPORT,
    "34108-1": kinds.OFFICE_VISIT,
    "34131-3": kinds.OFFICE_VISIT,
    "57133-1": kinds.LETTER,
    "18761-7": kinds.LETTER,
}
"""The kind of a document (``chartcode.collect.kinds``) by its LOINC code."""


def section(code: str, title: str) -> str:
    """Return a section's name by its code, else by its title, else ``other``."""
    if code in SECTIONS:
        return SECTIONS[code]
    found = sections(f"{title.strip().upper()}:\n") if title.strip() else ()
    return next((one.name for one in found if one.name), "other")
