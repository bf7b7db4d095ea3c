"""One plain-text note -> a chart."""

from __future__ import annotations

from datetime import date

from chartcode.collect.sections import sections
from chartcode.model.chart import OUTPATIENT, Chart, Document, Encounter, Patient


def chart_from_text(
    text: str,
    id: str,  # noqa: A002 - the field's word, as in Chart.id
    *,
    setting: str | None = None,
    day: date | None = None,
    sex: str | None = None,
    age: int | None = None,
) -> Chart:
    """Return the chart of one note; a pure function of its arguments."""
    document = Document(id, text, "other", sections(text), day)
    return Chart(id, (document,), Patient(sex, age), Encounter(setting or OUTPATIENT, day))
