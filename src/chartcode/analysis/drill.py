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
_BY_CASE = {
    "indicator": "SELECT case_id, indicator AS value FROM indicators WHERE counted",
    "returned": "SELECT case_id, CASE WHEN returned THEN 'yes' ELSE 'no' END AS value FROM returns",
    "modifier": "SELECT case_id, unnest(string_split(modifiers, ' ')) AS value FROM lines WHERE modifiers <> ''",
    "reason": "SELECT case_id, carc_group || '-' || carc AS value FROM adjustments"
    " WHERE kind = 'denial' AND amount > 0 AND standing IN ('counted', 'paid again')",
    "revenue": "SELECT case_id, coalesce(revenue, '(none)') AS value FROM hospital_lines",
    "code": "SELECT case_id, code AS value FROM priced WHERE coalesce(charge, allowed, total_rvu) IS NULL",
    "people": "SELECT case_id, who AS value FROM decisions",
    "change": "SELECT case_id, change AS value FROM decisions",
    "area": "SELECT case_id, area AS value FROM areas WHERE counted",
    "hcc": "SELECT documented_in AS case_id, hcc AS value FROM conditions WHERE state <> 'found again'",
}
"""What a case holds several of, by the column of a measure that leads to it."""
_AGE = """CASE WHEN age <= 30 THEN '0-30' WHEN age <= 60 THEN '31-60' WHEN age <= 90 THEN '61-90'
 WHEN age <= 120 THEN '91-120' WHEN age IS NOT NULL THEN 'over 120' END"""


def cases(practice: Practice) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the columns and rows of the page of cases; a column in which no case has anything is left out."""
    names = ", ".join(f'"{name}"' if name != "payer" else "coalesce(payer, answered_by) AS payer" for name in _SHOWN)
    several = ", ".join(
        f"v{n} AS (SELECT case_id, string_agg(DISTINCT value, '; ' ORDER BY value) AS \"{name}\" FROM ({question})"  # noqa: S608 - questions of our own
        " WHERE case_id IN (SELECT case_id FROM first) GROUP BY case_id)"
        for n, (name, question) in enumerate(_BY_CASE.items())
    )
    joined = " ".join(f"LEFT JOIN v{n} USING (case_id)" for n in range(len(_BY_CASE)))
    further = ", ".join(f'"{name}"' for name in _BY_CASE)
    columns, rows = practice.ask(
        f"WITH first AS (SELECT * FROM cases ORDER BY day, case_id LIMIT {MOST}), a AS ({_ACCOUNT}), {several}"  # noqa: S608 - names of our own
        f' SELECT {names}, status, carc, "open with", {_AGE} AS days, {further}'
        " FROM (SELECT first.*, a.* EXCLUDE case_id, greatest(0, today - day) AS age"
        f" FROM first LEFT JOIN a USING (case_id), today) {joined} ORDER BY day, case_id"
    )
    kept = [n for n, name in enumerate(columns) if name in _SHOWN or any(row[n] is not None for row in rows)]
    return tuple(columns[n] for n in kept), [tuple(row[n] for n in kept) for row in rows]
