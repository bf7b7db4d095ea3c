"""A coded note whose words try to break out of every report."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.books import Shelf
from chartcode.collect import chart_from_text
from chartcode.model.case import Case
from chartcode.pipeline import Coder

NASTY = """OFFICE VISIT
Date of service: 05/01/2026
The patient is a 60-year-old man <script>alert("words")</script> & co. He denies chest pain.
MEDICATIONS: Metformin <img src=x onerror=alert(1)> 500 mg.
ASSESSMENT AND PLAN:
1. Type 2 diabetes mellitus with </pre></mark><b>diabetic polyneuropathy.
2. Hypertension [bold red]loud[/bold red] :smile:
3. Possible sleep apnea.
"""


@pytest.fixture(scope="session")
def nasty(desk: Shelf) -> Case:
    return Coder(desk)(chart_from_text(NASTY, 'n"><script>'), today=date(2026, 5, 1))
