"""Which diagnoses and pointers a claim has room for, and why the others were left out.

A professional claim lists 12 diagnoses and points to 4 from a line (CMS-1500 items 21 and 24E; 005010X222A1 HI, SV107).
An institutional claim lists the principal diagnosis and 24 others, and beside them 12 external causes and 3 reasons
for the visit (005010X223A2 HI); 25 procedures.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chartcode.model.case import Case, Diagnosis

PROFESSIONAL_DIAGNOSES = 12
POINTERS = 4
INSTITUTIONAL_DIAGNOSES = 25
EXTERNAL_CAUSES = 12
REASONS = 3
PROCEDURES = 25


def external(code: str) -> bool:
    """Tell whether a code is an external cause of morbidity (chapter 20: V00 to Y99)."""
    return code[:1] in "VWXY"


def kept(
    diagnoses: Sequence[Diagnosis], most: int, weighty: Collection[str], because: str, remarks: list[str]
) -> list[Diagnosis]:
    """Return the diagnoses that a claim has room for, in order, and remark on those left out.

    The first stays; then those that weigh (``because`` says in words what that is); then the others in their order,
    external causes last.
    """
    if len(diagnoses) <= most:
        return list(diagnoses)

    def rank(place: int) -> tuple[bool, bool, bool, int]:
        code = str(diagnoses[place].code)
        return place != 0, code not in weighty, external(code), place

    chosen = set(sorted(range(len(diagnoses)), key=rank)[:most])
    out = [str(d.code) for n, d in enumerate(diagnoses) if n not in chosen]
    remarks.append(
        f"{len(diagnoses)} diagnoses are coded and the claim has room for {most}: kept are the first, those {because}, "
        f"and then the others in order; left out are {', '.join(out)}"
    )
    return [d for n, d in enumerate(diagnoses) if n in chosen]


def deciding(case: Case) -> set[str]:
    """Return the codes that decide a group of the case."""
    return {str(code) for group in case.groups for code in group.drivers}
