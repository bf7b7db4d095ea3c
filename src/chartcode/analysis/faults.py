"""What does not add up in a store and the accounts beside it, each as a sentence for the reader of the reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice


def faults(practice: Practice) -> Iterator[str]:
    """Yield what does not add up, each as a sentence for the reader of the reports."""
    cases = practice.count("SELECT count(*) FROM cases")
    if not cases:
        yield f"No case lies in the period ({practice.period})."
        return
    doubled = practice.count("SELECT count(*) - count(DISTINCT case_id) FROM cases")
    if doubled:
        yield f"{doubled:,} cases stand more than once under the same identifier: every number counts them again."
    lost = practice.count("SELECT sum(codes) FROM cases") - practice.count("SELECT count(*) FROM lines")
    if lost:
        yield f"The cases say {abs(lost):,} codes {'more' if lost > 0 else 'fewer'} than the table of lines holds."
    for column, what in (("provider", "provider"), ("facility", "facility"), ("day", "day")):
        unknown = practice.count(f"SELECT count(*) FROM cases WHERE {column} IS NULL")  # noqa: S608 - names of our own
        if unknown:
            yield f"{unknown:,} of {cases:,} cases name no {what}: they are counted under (none)."
    _, releases = practice.ask(
        "SELECT regexp_extract(books, 'icd10cm=([^;]+)', 1) r, count(*) FROM cases GROUP BY r ORDER BY r"
    )
    if len(releases) > 1:
        told = ", ".join(f"{name or '(none)'}: {n:,}" for name, n in releases)
        yield (
            f"The cases were coded by {len(releases)} releases of ICD-10-CM ({told}):"
            " what changes between them may be the book's doing."
        )
    if practice.count("SELECT count(*) FROM cases WHERE drg IS NOT NULL AND drg_weight IS NULL"):
        yield (
            "Some MS-DRGs have no weight, because Table 5 of their year is not installed:"
            " the case mix index leaves them out."
        )
    if "accounts" not in practice.lacks:
        strangers = practice.count("SELECT count(*) FROM cases WHERE case_id NOT IN (SELECT case_id FROM accounts)")
        if strangers:
            yield f"{strangers:,} cases have no account: they are left out of billing's numbers of money and days."
        uneven = practice.count("SELECT count(*) FROM accounts WHERE abs(charges - line_charges) > 0.005")
        if uneven:
            yield f"{uneven:,} accounts charge another sum than their lines do."
