"""Lines beside a visit, told by it: prolonged services, further critical care, lasting care, a problem seen too.

The numbers and minutes go by the payer: Medicare has numbers of its own for prolonged services, counts critical care
otherwise, and alone takes the number for lasting care.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.visits.category import CRITICAL_CARE, OFFICE
from chartcode.assign.visits.modifiers import SEPARATE
from chartcode.assign.visits.record import Record
from chartcode.assign.visits.told import told, words
from chartcode.books import Books
from chartcode.model.case import BILLING, CHECK, TIME, Case, Mention, Procedure, Visit
from chartcode.model.code import CPT, HCPCS, Code

BY = "visits"
_LASTING = words(
    r"\blongitudinal (?:care|relationship)|\b(?:continuing|ongoing) focal point\b|\bI (?:am|serve as) (?:her|his|their|the patient's) primary care (?:physician|provider|doctor)\b",
    "longitudinal",
    "focal",
    "primary care",
)
_PREVENTIVE_WORK = frozenset(("G0008", "G0009", "G0010", "90471", "90472", "90473", "90474", "90480", "G0438", "G0439", "G0402", "G0444"))  # fmt: skip


def beside(case: Case, books: Books) -> Iterator[Procedure]:
    """Yield the lines that a case's visit tells beside itself."""
    visit = case.visit
    if case.mode != BILLING or visit is None or visit.code is None:
        return
    yield from _prolonged(visit, case, books)
    yield from _critical(visit, case, books)
    yield from _lasting(visit, case, books)


def _prolonged(visit: Visit, case: Case, books: Books) -> Iterator[Procedure]:
    """Yield prolonged services: the highest level, chosen by its time, and so many minutes more."""
    if visit.minutes is None or visit.basis != TIME:
        return
    medicare = case.chart.encounter.medicare
    for row in books.parameters.get("visits.prolonged", ()):
        if row["with"] != visit.code or row["medicare"] != medicare or visit.minutes < row["from"]:
            continue
        units = 1 + (visit.minutes - row["from"]) // row["each"]
        whose = "Medicare counts" if medicare else "counted"
        told = f"{visit.minutes} minutes; {whose} from {row['from']} on, each {row['each']}: {units}"
        yield from _line(row["number"], units, visit.evidence[:1], told, case, books)


def _critical(visit: Visit, case: Case, books: Books) -> Iterator[Procedure]:
    """Yield the further half hours of critical care, counted as the payer does."""
    if visit.service != CRITICAL_CARE or visit.minutes is None:
        return
    further = books.visits.further_critical_care(visit.minutes, medicare=case.chart.encounter.medicare)
    if further is None:
        return
    number, units = further
    told = f"{visit.minutes} minutes of critical care: {units} further half hours"
    if (
        not case.chart.encounter.medicare
        and books.visits.further_critical_care(visit.minutes, medicare=True) != further
    ):
        told += "; Medicare counts the first of them from 104 minutes on"
    yield from _line(number, units, visit.evidence, told, case, books)


def _lasting(visit: Visit, case: Case, books: Books) -> Iterator[Procedure]:
    """Yield the number for lasting care beside an office visit of Medicare.

    42 CFR 414.65 and 89 FR 97710, II.F: not beside a visit with 25, unless what stands beside is preventive.
    """
    number = books.parameters.get("visits.lasting_care")
    if number is None or visit.service != OFFICE or not case.chart.encounter.medicare:
        return
    others = {p.code.value for p in case.procedures}
    if SEPARATE in visit.modifiers and not others <= _PREVENTIVE_WORK | _products(others):
        return
    if said := told(Record(case, books), _LASTING):
        yield from _line(number, 1, (said.mention,), "lasting care for a serious or complex condition", case, books)


def _products(codes: set[str]) -> set[str]:
    """Return the vaccines among codes."""
    return {code for code in codes if code.isdigit() and (90476 <= int(code) <= 90759 or 91300 <= int(code) <= 91330)}


def _line(
    number: str, units: int, evidence: tuple[Mention, ...], why: str, case: Case, books: Books
) -> Iterator[Procedure]:
    """Yield a line if the installed book has its number, and nobody named it yet or rejected it."""
    book = books.cpt if number[0].isdigit() else books.hcpcs
    taken = {p.code.value for p in case.procedures} | {d.about for d in case.decisions if d.act == "reject"}
    if not book.valid(number) or number in taken:
        return
    yield Procedure(
        Code(CPT if number[0].isdigit() else HCPCS, number), (), units, case.chart.encounter.first, 0.7, CHECK,
        book.title(number), evidence, BY, pointers=case.diagnosis_codes[:4], reasons=(why,),
    )  # fmt: skip
