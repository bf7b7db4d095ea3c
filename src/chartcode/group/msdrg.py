"""The MS-DRG of an inpatient stay, and the codes that set it.

A DRG rests on the principal diagnosis, the procedures, and the one secondary diagnosis that makes the stay a CC or MCC
stay. The grouper says which codes it used, not which it could have done without, so each of those is left out once: a
code is a driver if the group changes without it. Where several would each have done, all of these are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.books import Books
from chartcode.books.drgweights import Weight, Weights
from chartcode.books.msdrg import DRG, MSDRG, Stay, bare
from chartcode.model.case import BILLING, PRINCIPAL, Case, Group
from chartcode.model.code import ICD10CM, ICD10PCS, Code

SYSTEM = "MS-DRG"
ACQUIRED = "CMS-HAC"
"""The hospital-acquired conditions that are not paid for: CMS's own categories, as its grouper finds them."""


def msdrg(case: Case, books: Books) -> Iterator[Group]:
    """Yield the MS-DRG of an inpatient case that has a principal diagnosis and a version in force on its day."""
    grouper: MSDRG = books.msdrg
    stay = stay_of(case) if case.inpatient and case.mode == BILLING else None
    if stay is None or grouper.version is None:
        return
    drg = grouper.group(stay)
    necessary, alternatives = _deciding(grouper, stay, drg)
    codes = (*necessary, *alternatives)
    weights: Weights | None = books.drg_weights
    worth = weights.of(drg.code) if weights else None
    yield Group(
        SYSTEM,
        grouper.version,
        drg.code,
        drg.title,
        tuple(Code(ICD10PCS if code in stay.procedures else ICD10CM, code) for code in codes),
        worth.relative if worth else None,
        (*_reasons(grouper.version, stay, drg, necessary, alternatives), *_of_table(worth, weights)),
    )


def acquired(case: Case, books: Books) -> Iterator[Group]:
    """Yield the hospital-acquired conditions of CMS of a stay whose criteria its grouper finds met, with their codes.

    Only what is said not to have been present on admission (N or U) is one; without an indicator nobody can tell.
    """
    grouper: MSDRG = books.msdrg
    stay = stay_of(case) if case.inpatient and case.mode == BILLING else None
    if stay is None or grouper.version is None:
        return
    printed = {bare(code): code for code, poa in stay.secondary if poa in ("N", "U")}
    if not printed:
        return
    found: dict[tuple[str, str], list[Code]] = {}
    for part in (part for part in grouper.group(stay).secondary if part.code in printed):
        for condition in part.conditions:
            if condition.met:
                found.setdefault((condition.number, condition.title), []).append(Code(ICD10CM, printed[part.code]))
    for (number, title), codes in sorted(found.items()):
        yield Group(ACQUIRED, grouper.version, number, title, tuple(codes), None, ("was not present on admission",))


def _of_table(worth: Weight | None, weights: Weights | None) -> Iterator[str]:
    """Yield what the table of weights says of the group; nothing where it is not installed."""
    if worth and weights:
        means = f"geometric mean stay {worth.geometric:g} days, arithmetic {worth.arithmetic:g}"
        yield f"{means}, by Table 5 of {weights.version}"
        if worth.post_acute:
            yield "a transfer to post-acute care may be paid by the day"


def stay_of(case: Case) -> Stay | None:
    """Return what the grouper reads of a case, or None where there is no principal diagnosis."""
    diagnoses = [d for d in case.diagnoses if d.code.system == ICD10CM]
    principal = next((d for d in diagnoses if d.role == PRINCIPAL), None)
    if principal is None:
        return None
    patient, encounter = case.chart.patient, case.chart.encounter
    return Stay(
        (principal.code.value, principal.poa),
        tuple((d.code.value, d.poa) for d in diagnoses if d is not principal),
        tuple(p.code.value for p in case.procedures if p.code.system == ICD10PCS),
        patient.age,
        patient.sex,
        encounter.disposition,
    )


def without(stay: Stay, code: str) -> Stay:
    """Return a stay without the last use of a secondary diagnosis or procedure; a principal diagnosis always stays."""
    if code in stay.procedures:
        at = len(stay.procedures) - 1 - stay.procedures[::-1].index(code)
        return replace(stay, procedures=stay.procedures[:at] + stay.procedures[at + 1 :])
    places = [n for n, (secondary, _) in enumerate(stay.secondary) if secondary == code]
    return (
        replace(stay, secondary=tuple(p for n, p in enumerate(stay.secondary) if n != places[-1])) if places else stay
    )


def _deciding(grouper: MSDRG, stay: Stay, drg: DRG) -> tuple[list[str], list[str]]:
    """Return the codes that the group needs, and the secondary diagnoses any one of which would set its severity."""

    def same(other: Stay) -> bool:
        return grouper.group(other).code == drg.code

    # What the grouper neither used nor counts alone cannot change the group; leaving one out takes a grouping each.
    counted = [part for part in drg.secondary if part.severity == drg.severity and not part.excluded]
    alone = {part.code for part in counted} if drg.severity and len(counted) == 1 else set()
    perhaps = alone | {part.code for part in (*drg.secondary, *drg.procedures) if part.used or part.conditions}
    codes = dict.fromkeys((*(code for code, _ in stay.secondary), *stay.procedures))
    needed = [code for code in codes if bare(code) in perhaps and not same(without(stay, code))]
    if drg.severity and not needed and not same(replace(stay, secondary=())):
        alike = {part.code for part in counted}
        return [stay.principal[0]], [code for code in codes if bare(code) in alike]
    return [stay.principal[0], *needed], []


def _reasons(version: str, stay: Stay, drg: DRG, necessary: list[str], alternatives: list[str]) -> Iterator[str]:
    if drg.ungroupable:
        yield f"ungroupable: {drg.ungroupable}"
    yield f"by CMS's grouper V{version}, Definitions Manual of that version"
    if drg.mdc_title:
        yield f"MDC {drg.mdc}, {drg.mdc_title}"
    printed = {bare(code): code for code, _ in (stay.principal, *stay.secondary)}
    if drg.severity:
        yield f"severity {drg.severity}"
        sole = [printed[p.code] for p in drg.secondary if p.severity == drg.severity and printed[p.code] in necessary]
        if len(sole) == 1:
            yield f"rests on the single {drg.severity} {sole[0]}: look at its evidence first"
    if len(alternatives) > 1:
        yield f"any one of {', '.join(alternatives)} would set the severity"
    yield from _left_out(drg, printed)
    if not stay.disposition or not stay.disposition.isdigit():
        yield "discharge status not known: grouped as discharged home (01)"
    if stay.age is None:
        yield "age not known"
    if stay.sex is None:
        yield "sex not known"


def _left_out(drg: DRG, printed: dict[str, str]) -> Iterator[str]:
    """Yield why a CC or MCC does not count, and what is a hospital-acquired condition."""
    for part in drg.secondary:
        if part.severity and part.excluded:
            yield f"{printed[part.code]} is {_article(part.severity)} that does not count: {part.excluded}"
        for condition in part.conditions:
            if condition.met:
                told = f"hospital-acquired condition {condition.number}, {condition.title}"
                missing = drg.status.startswith("HAC_")
                why = (
                    "needs its present-on-admission indicator, on which the group depends"
                    if missing
                    else ("was not present on admission and is left out")
                )
                yield f"{printed[part.code]} {why}: {told}"
    if drg.initial != drg.code:
        yield f"DRG {drg.initial} before hospital-acquired conditions were taken out"


def _article(severity: str) -> str:
    return f"an {severity}" if severity == "MCC" else f"a {severity}"
