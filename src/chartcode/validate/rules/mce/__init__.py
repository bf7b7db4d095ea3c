"""The Medicare Code Editor, which every inpatient claim to Medicare passes."""
