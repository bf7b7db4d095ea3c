"""Which specialty each provider of a store has: by the practice file, else by the claims sent for the cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from chartcode.report.claims.practice import Practice as PracticeFile
from chartcode.report.claims.specialties import specialty
from chartcode.report.rows import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

SPECIALTIES: tuple[Column, ...] = (
    Column("provider", "text", "as in cases"),
    Column("taxonomy", "text", "taxonomy code: of the practice file, else the one most often on the provider's claims"),
    Column("specialty", "text", "the specialty in our own words"),
)


def specialties(practice: Practice, file: PracticeFile | None) -> None:
    """Make the table specialties, or say why there is none."""
    _, rows = practice.ask("SELECT DISTINCT provider FROM cases WHERE provider IS NOT NULL ORDER BY provider")
    _, sent = practice.ask(
        "SELECT provider, taxonomy, count(*) FROM taxonomies JOIN cases USING (case_id)"
        " WHERE provider IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    on_claims: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for provider, taxonomy, claims in sent:
        on_claims[provider][taxonomy] += claims
    found, without = [], []
    for (provider,) in rows:
        party = file.who(provider) if file else None
        taxonomy = party.taxonomy if party else ""
        if not taxonomy and on_claims[provider]:
            taxonomy = on_claims[provider].most_common(1)[0][0]
        if taxonomy:
            found.append((provider, taxonomy, specialty(taxonomy)))
        else:
            without.append(provider)
    practice.table("specialties", SPECIALTIES, found)
    if not found:
        practice.lacks["specialties"] = (
            "no provider's specialty is known; name a practice file whose providers have a taxonomy (--practice), or"
            " claims as sent (--remit)"
        )
    elif without:
        practice.notes.append(
            f"{len(without):,} of {len(rows):,} providers have no specialty: they are compared with nobody of theirs."
        )
