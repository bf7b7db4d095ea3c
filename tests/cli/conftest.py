"""The command run in this process, and invented notes to run it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chartcode.cli import main
from chartcode.cli.options import USAGE

NOTES = {
    "clinic/visit.txt": """OFFICE VISIT
Date of service: 05/01/2026
The patient is a 60-year-old man. He denies chest pain.
MEDICATIONS: Metformin 500 mg twice daily.
ALLERGIES: Penicillin.
VITALS: BP 142/88, pulse 72, BMI 31.2.
LABS: Hemoglobin A1c 8.1.
ASSESSMENT AND PLAN:
1. Type 2 diabetes mellitus with diabetic polyneuropathy.
2. Hypertension. Possible sleep apnea.
""",
    "ward/stay.txt": """DISCHARGE SUMMARY
ADMISSION DATE: 01/14/2026
DISCHARGE DATE: 01/19/2026
The patient is a 74-year-old woman.
DISCHARGE DIAGNOSES:
1. Acute on chronic systolic heart failure.
2. Hypertension.
""",
    "ward/fall.txt": """EMERGENCY DEPARTMENT NOTE
Date of service: 02/03/2026
CHIEF COMPLAINT: Wrist pain.
A 41-year-old woman fell from a ladder and came to the emergency department.
EMERGENCY DEPARTMENT COURSE: A splint was applied in the emergency room.
IMPRESSION: Closed fracture of the distal left radius.
""",
}


def call(*arguments: object) -> int:
    """Run the command and return its exit status, however it leaves."""
    try:
        return main([str(a) for a in arguments])
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else USAGE


@pytest.fixture
def run() -> Callable[..., int]:
    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of notes with folders in it."""
    for name, text in NOTES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path
