"""ICD-10-PCS: the codes themselves, and the Official Guidelines of the procedures of inpatients."""
