"""Short invented notes and the codes that an expert expects of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.settle import settle
from chartcode.collect import chart_from_text
from chartcode.pipeline import STEPS, Coder

DAY = date(2026, 5, 1)
SETTINGS = {"IP": "inpatient", "OP": "outpatient", "ED": "ed"}


@pytest.fixture(scope="session")
def code(desk):
    """Return a function that codes the diagnoses of a text for a patient told as ``IP F 28``: setting, sex, years.

    ``IP - -`` leaves the patient to the text.
    """
    coder = Coder(desk, STEPS[: STEPS.index(settle) + 1])

    def coded(who, text):
        setting, sex, age = who.split()
        chart = chart_from_text(text, "note")
        patient = chart.patient if sex == "-" else replace(chart.patient, sex=sex, age=int(age))
        encounter = replace(chart.encounter, setting=SETTINGS[setting], first=DAY, last=DAY)
        return coder(replace(chart, patient=patient, encounter=encounter))

    return coded
