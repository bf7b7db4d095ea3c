"""What the Medicare Code Editor says of paying for a procedure: not covered, covered within limits, or nothing.

Most procedures on its list of non-covered ones are refused whatever else is reported; some only beside a certain
diagnosis, procedure or age. The conditions are those of the Definitions of Medicare Code Edits, "Non-covered procedure"
and "Limited coverage"; the lists are the flags of the codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import Case, Procedure
from chartcode.model.code import ICD10PCS
from chartcode.validate.questions import coded

NON_COVERED = "non-covered"
LIMITED = "limited coverage"

BESIDE = {
    "sterilization": "with Z30.2 it is a sterilization for contraception",
    "ncov6": "it is not covered for the leukemia that is reported",
    "ncov7": "it is not covered for the multiple myeloma that is reported",
}
"""Flags of procedures that are not covered beside a diagnosis with the same flag, and why."""

OLDEST_DISC = 60
"""Years up to which an artificial lumbar disc is covered (National Coverage Determination 150.10)."""


def coverage(case: Case, books: Books) -> Iterator[tuple[Procedure, str, str]]:
    """Yield each ICD-10-PCS line of a stay that the editor stops: the line, NON_COVERED or LIMITED, and why."""
    if not case.inpatient:
        return
    lines = [line for line in case.procedures if line.code.system == ICD10PCS]
    flags = [books.icd10pcs.flags(line.code.value) for line in lines]
    if not any(flags):
        return
    diseases = frozenset[str]().union(*(books.icd10cm.flags(d.code.value) for d in coded(case)))
    done = frozenset[str]().union(*flags)
    for line, own in zip(lines, flags, strict=True):
        why = _refused(own, diseases, done, case.chart.patient.age)
        if why:
            yield line, NON_COVERED, why
        elif LIMITED in own or _artificial_heart(own, done):
            yield line, LIMITED, "it is paid only in approved facilities or studies"


def _refused(own: frozenset[str], diseases: frozenset[str], done: frozenset[str], age: int | None) -> str:
    """Return why a procedure is not covered, or the empty string.

    A flag such as "sterilization" stands on the procedures and on the diagnoses that make them not covered.
    """
    if NON_COVERED in own:
        return "it is on the list of procedures that Medicare does not cover"
    for flag, why in BESIDE.items():
        if flag in own and flag in diseases:
            return why
    if "ncov12agele60" in own and age is not None and age > OLDEST_DISC:
        return f"it is covered up to the age of {OLDEST_DISC}"
    if "ncov45" in own and "type 1 diabetes" not in diseases and "kidneyxp" not in done:
        return "a pancreas without a kidney is covered for type 1 diabetes only"
    if _artificial_heart(own, done) and "clinical trial" not in diseases:
        return "an artificial heart is covered within a clinical study only (Z00.6)"
    return ""


def _artificial_heart(own: frozenset[str], done: frozenset[str]) -> bool:
    """Tell whether a code is half of an artificial heart, and the other half is reported too."""
    halves = {"lcov_artheartxpa", "lcov_artheartxpb"}
    return bool(halves & own) and halves <= done
