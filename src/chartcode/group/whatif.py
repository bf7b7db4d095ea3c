"""What if: the effect of each code on the MS-DRG of a stay, and the groups before, now and with everything.

*Baseline* is the group of the principal diagnosis and the procedures alone; *working* that of the codes that are surely
right (the band "confident"); *final* that of all codes. The difference between them is what documentation, coding and
queries have brought, and what would be lost if one code did not stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chartcode.books import Books
from chartcode.books.drgweights import Weights
from chartcode.books.msdrg import DRG, Part, Stay, bare
from chartcode.group.msdrg import stay_of, without
from chartcode.model.case import BILLING, CONFIDENT, PRINCIPAL, Case
from chartcode.model.code import ICD10CM, ICD10PCS, Code

MOST = 25
"""Diagnoses, and procedures, whose effect is looked at: as many as a claim carries."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One code: the group without it, what it is by the list, and why it does not count, where it does not.

    ``principal`` says that the group is that with the next diagnosis in its place; ``drg`` is None where there is none.
    """

    code: Code
    drg: DRG | None
    part: Part
    principal: bool = False


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The three groups of a stay and the effect of each code, in the order of the claim.

    ``rests_on`` are the secondary diagnoses that each set the severity: with a single one, the group rests on it.
    """

    version: str
    final: DRG
    working: DRG
    baseline: DRG
    effects: tuple[Effect, ...]
    rests_on: tuple[Code, ...]
    weights: Weights | None = None

    def weight(self, drg: DRG | None) -> float | None:
        """Return what a group is worth, or None where Table 5 of the year is not installed or has no weight for it."""
        found = self.weights.of(drg.code) if self.weights and drg else None
        return found.relative if found else None

    def changes(self, effect: Effect) -> bool:
        """Tell whether the group changes without a code."""
        return effect.drg is None or effect.drg.code != self.final.code


def what_if(case: Case, books: Books) -> WhatIf | None:
    """Return the effects on an inpatient case; None where it is no stay, or no version is in force on its day."""
    grouper = books.msdrg
    stay = stay_of(case) if case.inpatient and case.mode == BILLING else None
    if stay is None or grouper.version is None:
        return None
    final = grouper.group(stay)
    sure = stay_of(replace(case, entries=tuple(e for e in case.entries if _is_sure(e))))
    return WhatIf(
        grouper.version,
        final,
        grouper.group(sure) if sure else final,
        grouper.group(replace(stay, secondary=())),
        tuple(_effects(books, stay, final)),
        tuple(_rests_on(stay, final)),
        books.drg_weights,
    )


def _is_sure(entry: object) -> bool:
    """Tell whether an entry stands in the working group; the principal diagnosis always does."""
    band = getattr(entry, "band", CONFIDENT)
    return band == CONFIDENT or getattr(entry, "role", "") == PRINCIPAL


def _effects(books: Books, stay: Stay, final: DRG) -> Iterator[Effect]:
    grouper = books.msdrg
    first, *others = stay.secondary or (("", None),)
    instead = grouper.group(replace(stay, principal=first, secondary=tuple(others))) if first[0] else None
    yield Effect(Code(ICD10CM, stay.principal[0]), instead, final.principal, principal=True)
    parts = {part.code: part for part in (*final.secondary, *final.procedures)}
    for system, codes in ((ICD10CM, [code for code, _ in stay.secondary]), (ICD10PCS, list(stay.procedures))):
        for code in list(dict.fromkeys(codes))[:MOST]:
            part = parts.get(bare(code), Part(bare(code)))
            yield Effect(Code(system, code), grouper.group(without(stay, code)), part)


def _rests_on(stay: Stay, final: DRG) -> Iterator[Code]:
    """Yield the secondary diagnoses each of which sets the severity of the group."""
    if final.severity:
        counted = {p.code for p in final.secondary if _sets(p, final.severity)}
        yield from (Code(ICD10CM, code) for code, _ in stay.secondary if bare(code) in counted)


def _sets(part: Part, severity: str) -> bool:
    """Tell whether a diagnosis alone would set a severity: it is of the list, not excluded, and not left out."""
    return part.severity == severity and not part.excluded and not any(c.met for c in part.conditions)
