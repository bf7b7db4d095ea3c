"""Revenue codes in our own short words, by their first three digits; the list is the NUBC's, and no text of it is here.

A code without an entry is shown as it is (UB-04, form locator 42).
"""

from __future__ import annotations

WORDS = {
    "010": "room, all included", "011": "room, one bed", "012": "room, two beds", "013": "room, three or four beds",
    "014": "room, deluxe", "015": "room, ward", "016": "room, other", "017": "nursery", "018": "leave of absence",
    "019": "subacute care", "020": "intensive care", "021": "coronary care", "022": "special charges",
    "023": "nursing, added", "024": "ancillary services, all included", "025": "drugs", "026": "infusion",
    "027": "supplies", "028": "oncology", "029": "equipment", "030": "laboratory", "031": "pathology",
    "032": "imaging, diagnostic", "033": "imaging, therapeutic", "034": "nuclear medicine", "035": "CT",
    "036": "operating room", "037": "anesthesia", "038": "blood", "039": "blood, storage and giving",
    "040": "imaging, other", "041": "respiratory services", "042": "physical therapy", "043": "occupational therapy",
    "044": "speech therapy", "045": "emergency department", "046": "lung function", "047": "audiology",
    "048": "cardiology", "049": "ambulatory surgery", "050": "outpatient services", "051": "clinic",
    "052": "clinic, free-standing", "053": "osteopathic services", "054": "ambulance", "055": "skilled nursing",
    "056": "social services", "057": "home aide", "058": "home visits", "061": "MRI",
    "062": "supplies, incident to imaging", "063": "drugs with detail", "064": "home infusion", "065": "hospice",
    "066": "respite care", "068": "trauma response", "070": "cast room", "071": "recovery room",
    "072": "labor and delivery", "073": "electrocardiography", "074": "electroencephalography",
    "075": "endoscopy", "076": "treatment or observation room", "077": "preventive care", "078": "telemedicine",
    "079": "lithotripsy", "080": "dialysis, inpatient", "081": "organ acquisition", "082": "hemodialysis, outpatient",
    "090": "psychiatric treatments", "091": "psychiatric services", "092": "diagnostic services, other",
    "094": "therapeutic services, other", "096": "professional fees", "097": "professional fees, by kind",
    "098": "professional fees, more", "099": "patient convenience",
}  # fmt: skip
"""First three digits -> our words."""
