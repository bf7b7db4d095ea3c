"""Care that was due and whether it was given, patient by patient: the table ``care``.

A patient is counted once in the period for each kind of care, whatever the number of visits; one whom the record does
not number counts by the encounter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

CARE: tuple[Column, ...] = (
    Column("indicator", "text", "the kind of care, care/NAME"),
    Column("title", "text", "its title"),
    Column("provider", "text", "who saw the patient last"),
    Column("given", "yes", "the care was given in the period"),
)


def care(practice: Practice) -> None:
    """Make the table care."""
    practice.make(
        "care",
        "SELECT i.indicator, any_value(i.title) AS title, arg_max(c.provider, c.day) AS provider,"
        " bool_or(i.counted) AS given FROM indicators i JOIN cases c USING (case_id) WHERE i.family = 'care'"
        " GROUP BY i.indicator, c.patient, CASE WHEN c.patient IS NULL THEN c.case_id END",
    )
