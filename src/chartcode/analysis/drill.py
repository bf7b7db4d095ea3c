"""The cases behind the numbers: what the page of cases shows of each, and what a measure's ``drill`` may name.

A cell may hold several values, separated by "; ": a number's link leads to the rows that hold the one it asks for.
"""

from __future__ import annotations

from typing import Any

from chartcode.analysis.practice import Practice

MOST = 20_000
"""Cases that the page holds, the earliest first."""

_SHOWN = (
    "case_id",
    "patient",
    "facility",
    "provider",
    "payer",
    "setting",
    "day",
    "month",
    "principal",
    "drg",
    "visit_code",
    "errors",
    "queries",
    "category",
)
_ACCOUNT = """
SELECT case_id, any_value(status) AS status, any_value(answered_by) AS answered_by,
       any_value(coalesce(carc, CASE WHEN status = 'denied' THEN '(none)' END)) AS carc,
       any_value(concat_ws('; ', CASE WHEN status = 'billed' THEN 'payer' END,
         CASE WHEN status = 'denied' AND coalesce(refused, charges) > 0.005
                OR status = 'paid' AND refused > 0.005 THEN 'payer, refused' END,
         CASE WHEN status IN ('paid', 'denied') AND patient_owes > 0.005 THEN 'patient' END)) AS "open with"
FROM accounts WHERE case_id IN (SELECT case_id FROM first) GROUP BY case_id"""
_COUNTED = """
SELECT case_id, string_agg(DISTINCT indicator, '; ' ORDER BY indicator) AS indicator
FROM indicators WHERE counted AND case_id IN (SELECT case_id FROM first) GROUP BY case_id"""
_AGE = """CASE WHEN age <= 30 THEN '0-30' WHEN age <= 60 THEN '31-60' WHEN age <= 90 THEN '61-90'
 WHEN age <= 120 THEN '91-120' WHEN age IS NOT NULL THEN 'over 120' END"""


def cases(practice: Practice) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the columns and rows of the page of cases."""
    names = ", ".join(f'"{name}"' if name != "payer" else "coalesce(payer, answered_by) AS payer" for name in _SHOWN)
    return practice.ask(
        f"WITH first AS (SELECT * FROM cases ORDER BY day, case_id LIMIT {MOST}), a AS ({_ACCOUNT}), q AS ({_COUNTED})"  # noqa: S608 - names of our own
        f' SELECT {names}, status, carc, "open with", {_AGE} AS days, indicator, returned'
        " FROM (SELECT first.*, a.* EXCLUDE case_id, greatest(0, today - day) AS age"
        " FROM first LEFT JOIN a USING (case_id), today) LEFT JOIN q USING (case_id)"
        " LEFT JOIN (SELECT case_id, CASE WHEN any_value(returned) THEN 'yes' ELSE 'no' END AS returned"
        " FROM returns GROUP BY case_id) USING (case_id) ORDER BY day, case_id"
    )
