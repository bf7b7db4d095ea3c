"""Stays and who came back within thirty days, patient by patient: the table ``returns``.

After CMS's hospital-wide measure, simpler and never the official one: counted are stays of known patients that ended
alive, not against advice and not in another acute hospital, and whose thirty days lie in the store. A return is the
next stay of the patient, at any facility of the store, that begins 1 to 30 days after, unless it is always planned.
What began on the day of discharge is held for a transfer. Births are no stays of this kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

DAYS = 30
RETURNS: tuple[Column, ...] = (
    Column("case_id", "text", "the stay"),
    Column("patient", "integer", "the patient's number in the store"),
    Column("facility", "text", "where the stay was"),
    Column("provider", "text", "who answered for it"),
    Column("payer", "text", "who paid"),
    Column("month", "text", "month of discharge"),
    Column("category", "text", "CCSR category of its principal diagnosis"),
    Column("category_title", "text", "its title"),
    Column("principal_title", "text", "the title of the principal diagnosis"),
    Column("returned", "yes", "an unplanned stay began within thirty days"),
    Column("returned_as", "text", "that stay"),
    Column("days", "integer", "days from discharge to that stay"),
)
_QUESTION = f"""
WITH stays AS (
  SELECT * FROM cases
  WHERE setting = 'inpatient' AND patient IS NOT NULL AND first_day IS NOT NULL AND last_day IS NOT NULL),
index AS (
  SELECT * FROM stays
  WHERE coalesce(disposition, '01') NOT IN ('02', '05', '07', '20', '40', '41', '42', '66', '82', '85', '94')
    AND coalesce(left(principal, 1), '') <> 'O' AND coalesce(left(principal, 3), '') <> 'Z38'
    AND last_day <= (SELECT max(last_day) FROM stays) - {DAYS}),
again AS (SELECT patient, first_day, case_id FROM stays WHERE NOT coalesce(planned, FALSE))
SELECT i.case_id, i.patient, i.facility, i.provider, i.payer, strftime(i.last_day, '%Y-%m') AS month, i.category,
       i.category_title, i.principal_title, coalesce(a.first_day - i.last_day <= {DAYS}, FALSE) AS returned,
       CASE WHEN a.first_day - i.last_day <= {DAYS} THEN a.case_id END AS returned_as,
       CASE WHEN a.first_day - i.last_day <= {DAYS} THEN a.first_day - i.last_day END AS days
FROM index i ASOF LEFT JOIN again a ON i.patient = a.patient AND i.last_day < a.first_day"""  # noqa: S608 - a number of our own


def returns(practice: Practice) -> None:
    """Make the table returns, or say why there is none."""
    if practice.count("SELECT count(patient) FROM cases WHERE setting = 'inpatient'"):
        practice.make("returns", _QUESTION)
        return
    practice.table("returns", RETURNS)
    practice.lacks["patients"] = "no stay names its patient, so nobody can tell who came back"
