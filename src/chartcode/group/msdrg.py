"""The MS-DRG of an inpatient stay, and the codes that set it.

A DRG rests on the principal diagnosis, the procedures, and the one secondary diagnosis that makes the stay a CC or
MCC stay. The grouper's answer does not show which codes it could have done without, so each is left out once: a code
is a driver if the group changes without it. Where several would each have done, all of these are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.books import Books
from chartcode.books.msdrg import DRG, MSDRG, Stay
from chartcode.model.case import BILLING, PRINCIPAL, Case, Group
from chartcode.model.code import ICD10CM, ICD10PCS, Code

SYSTEM = "MS-DRG"


def msdrg(case: Case, books: Books) -> Iterator[Group]:
    """Yield the MS-DRG of an inpatient case that has a principal diagnosis and a version in force on its day."""
    grouper: MSDRG = books.msdrg
    stay = _stay(case) if case.inpatient and case.mode == BILLING else None
    if stay is None or grouper.version is None:
        return
    drg = grouper.group(stay)
    necessary, alternatives = _deciding(grouper, stay, drg)
    codes = (*necessary, *alternatives)
    yield Group(
        SYSTEM,
        grouper.version,
        drg.code,
        drg.title,
        tuple(Code(ICD10PCS if code in stay.procedures else ICD10CM, code) for code in codes),
        None,  # the weights (Table 5 of the IPPS rule) come with no package on the shelf
        tuple(_reasons(stay, drg, alternatives)),
    )


def _stay(case: Case) -> Stay | None:
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


def _deciding(grouper: MSDRG, stay: Stay, drg: DRG) -> tuple[list[str], list[str]]:
    """Return the codes that the group needs, and the secondary diagnoses any one of which would set its severity."""

    def same(other: Stay) -> bool:
        return grouper.group(other).code == drg.code

    needed = [stay.principal[0]]
    for n, (code, _) in enumerate(stay.secondary):
        if not same(replace(stay, secondary=stay.secondary[:n] + stay.secondary[n + 1 :])):
            needed.append(code)
    for n, code in enumerate(stay.procedures):
        if not same(replace(stay, procedures=stay.procedures[:n] + stay.procedures[n + 1 :])):
            needed.append(code)
    if not drg.severity or len(needed) > 1 or same(replace(stay, secondary=())):
        return needed, []
    return needed, [pair[0] for pair in stay.secondary if same(replace(stay, secondary=(pair,)))]


def _reasons(stay: Stay, drg: DRG, alternatives: list[str]) -> Iterator[str]:
    if drg.ungroupable:
        yield f"ungroupable: {drg.ungroupable}"
    if drg.mdc_title:
        yield f"MDC {drg.mdc}, {drg.mdc_title}"
    if drg.severity:
        yield f"severity {drg.severity}"
    if len(alternatives) > 1:
        yield f"any one of {', '.join(alternatives)} would set the severity"
    if stay.disposition is None:
        yield "discharge status not known: grouped as discharged home (01)"
    if stay.age is None:
        yield "age not known"
    if stay.sex is None:
        yield "sex not known"
