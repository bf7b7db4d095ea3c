"""Discharge status, two digits, where the note says where the patient went."""

from __future__ import annotations

import pytest

from chartcode.collect.disposition import disposition
from chartcode.collect.sections import sections


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("DISPOSITION: Home.", "01"),
        ("HOSPITAL COURSE: She did well and was discharged home in stable condition.", "01"),
        ("DISPOSITION: Discharged to a skilled nursing facility.", "03"),
        ("HOSPITAL COURSE: He was transferred to an inpatient rehabilitation facility.", "62"),
        ("DISPOSITION: Home with home health nursing.", "06"),
        ("HOSPITAL COURSE: The patient left against medical advice.", "07"),
        ("HOSPITAL COURSE: He worsened and subsequently expired.", "20"),
        ("DISPOSITION: Home with hospice.", "50"),
        ("DISPOSITION: Transferred to an inpatient hospice.", "51"),
        ("DISPOSITION: Back to her nursing home. She is discharged to the nursing home.", "04"),
        ("HOSPITAL COURSE: She was transferred to another hospital for surgery.", "02"),
        ("DISPOSITION: Discharged to Kindred for long-term acute care.", "63"),
        ("HOSPITAL COURSE: Antibiotics were given and he improved.", None),
        ("FAMILY HISTORY: Father died of stroke.", None),
    ],
)
def test_where_the_patient_went(text: str, status: str | None) -> None:
    assert disposition(text, sections(text)) == status
