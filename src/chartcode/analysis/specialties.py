"""Which specialty each provider of a store has: by the practice file, else by the records, else by the claims sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartcode.report.claims.practice import Practice as PracticeFile
from chartcode.report.claims.specialties import specialty
from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

SPECIALTIES: tuple[Column, ...] = (
    Column("provider", "text", "as in cases"),
    Column("taxonomy", "text", "taxonomy code or words: of the practice file, else of the records, else of the claims"),
    Column("specialty", "text", "the specialty in our own words"),
)
_IN_RECORDS = """
SELECT provider, mode(specialty) FROM cases WHERE provider IS NOT NULL AND specialty IS NOT NULL GROUP BY provider"""
_ON_CLAIMS = """
SELECT provider, mode(taxonomy) FROM taxonomies JOIN cases USING (case_id)
WHERE provider IS NOT NULL GROUP BY provider"""


def specialties(practice: Practice, file: PracticeFile | None) -> None:
    """Make the table specialties, or say why there is none."""
    _, rows = practice.ask("SELECT DISTINCT provider FROM cases WHERE provider IS NOT NULL ORDER BY provider")
    in_records, on_claims = (dict(practice.ask(question)[1]) for question in (_IN_RECORDS, _ON_CLAIMS))
    found, without = [], []
    for (provider,) in rows:
        party = file.who(provider) if file else None
        taxonomy = (party.taxonomy if party else "") or in_records.get(provider) or on_claims.get(provider)
        if taxonomy:
            found.append((provider, taxonomy, specialty(taxonomy)))
        else:
            without.append(provider)
    practice.table("specialties", SPECIALTIES, found)
    if not found:
        practice.lacks["specialties"] = (
            "no provider's specialty is known; the records name none; name a practice file whose providers have a"
            " taxonomy (--practice), or claims as sent (--remit)"
        )
    elif without:
        practice.notes.append(
            f"{len(without):,} of {len(rows):,} providers have no specialty: they are compared with nobody of theirs."
        )
