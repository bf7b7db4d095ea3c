"""The target areas of payment audits (after PEPPER): the table ``areas``, a row for each area in which a stay lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartcode.books.parameters import Parameters
from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

AREAS: tuple[Column, ...] = (
    Column("case_id", "text", "the stay"),
    Column("area", "text", "the target area, by the list of the last day of the store"),
    Column("counted", "yes", "the stay is in the numerator; else in the denominator alone"),
    Column("risk", "text", "what a high or a low share may mean"),
)


def areas(practice: Practice) -> None:
    """Make the view areas, or say why there is none."""
    listed = Parameters(practice.last).get("target_areas.areas", ())
    if not listed or not practice.count("SELECT count(drg) FROM cases"):
        practice.table("areas", AREAS)
        practice.lacks["stays with an MS-DRG"] = "no stay has an MS-DRG"
        return
    surgical = " OR ".join(
        f"drg BETWEEN '{first:03d}' AND '{last:03d}'"
        for first, last in Parameters(practice.last)["indicators.surgical"]
    )
    parts = []
    for row in listed:
        of, counts = (row[key].replace("SURGICAL", f"({surgical})") for key in ("of", "counts"))
        name, risk = _text(row["name"]), _text(row["risk"])
        parts.append(
            f"SELECT case_id, {name} AS area, coalesce({counts}, FALSE) AS counted, {risk} AS risk FROM cases"  # noqa: S608 - conditions of our own parameters
            f" WHERE setting = 'inpatient' AND drg IS NOT NULL AND ({of})"
        )
    practice.make("areas", " UNION ALL ".join(parts))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
