"""What several rules ask of the service lines of a claim: CPT and HCPCS, their days, tables and modifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chartcode.books import Books
from chartcode.books.ncci import HOSPITAL, PRACTITIONER
from chartcode.books.pfs import Indicators
from chartcode.model.case import Case, Procedure
from chartcode.model.chart import AFFIRMED, ED, HISTORICAL, INPATIENT, OUTPATIENT, PROFESSIONAL
from chartcode.model.code import CPT, HCPCS

_VISIT = re.compile(r"99(?:20[2-9]|2[1-9]\d|[34]\d\d)|920(?:02|04|12|14)|G0402|G043[89]|G0463")
"""Numbers of evaluation and management services: CPT 99202-99499, eye examinations, wellness and clinic visits."""

_CONTRACTOR = re.compile(r"\b\d{5}\b")


def services(case: Case) -> tuple[Procedure, ...]:
    """Return the CPT and HCPCS lines of a case that is not an inpatient stay's facility claim."""
    if case.chart.encounter.setting == INPATIENT:
        return ()
    return tuple(line for line in case.procedures if line.code.system in (CPT, HCPCS))


def table(case: Case) -> str:
    """Return which of NCCI's tables a case goes by: the practitioner's or the outpatient hospital's."""
    return PRACTITIONER if case.chart.encounter.setting == PROFESSIONAL else HOSPITAL


def hospital(case: Case) -> bool:
    """Tell whether a case is a hospital's outpatient claim."""
    return case.chart.encounter.setting in (OUTPATIENT, ED)


def status_of(line: Procedure, books: Books) -> str | None:
    """Return the status indicator of a line in hospital outpatient payment, where the book of its day has one."""
    book = books_of(line, books).opps
    return book.status(line.code.value) if book else None


def day_of(line: Procedure, books: Books) -> date:
    """Return the day of a line; that of the case where it has none of its own."""
    return line.on or books.day


def books_of(line: Procedure, books: Books) -> Books:
    """Return the books of a line's day, or those of the case where the shelf has none for that day."""
    try:
        return books.at(line.on)
    except LookupError:
        return books


def is_visit(line: Procedure) -> bool:
    """Tell whether a line is an evaluation and management service, by its number."""
    return _VISIT.fullmatch(line.code.value) is not None


def has(line: Procedure, *modifiers: str) -> bool:
    """Tell whether a line has one of several modifiers."""
    return any(modifier in line.modifiers for modifier in modifiers)


def medicare(case: Case) -> bool:
    """Tell whether Medicare's own policies govern: the payer says so, or is not known."""
    payer = case.chart.encounter.payer
    return payer is None or "medicare" in payer.lower() or contractor(case) is not None


def contractor(case: Case) -> str | None:
    """Return the number of the Medicare contractor, where the payer names it (``Medicare 10112``)."""
    found = _CONTRACTOR.search(case.chart.encounter.payer or "")
    return found[0] if found else None


def indicators(line: Procedure, books: Books) -> Indicators | None:
    """Return the fee schedule's row of a line, where the schedule of its day is installed and has one."""
    schedule = books_of(line, books).pfs
    return schedule.indicators(line.code.value) if schedule else None


def surgeries(case: Case, books: Books) -> Iterator[tuple[str, date, Procedure | None]]:
    """Yield each service whose day is known: of this claim, with its line, and of the patient's record, without."""
    for line in services(case):
        yield line.code.value, day_of(line, books), line
    for fact in case.chart.facts:
        known = fact.code and fact.code.system in (CPT, HCPCS) and fact.on and fact.assertion in (AFFIRMED, HISTORICAL)
        if fact.kind == "procedure" and known and fact.code and fact.on:
            yield fact.code.value, fact.on, None


def global_end(code: str, day: date, books: Books) -> date | None:
    """Return the last day of the global period that a service of a day began, by its days of 10 or 90, or None."""
    row = books.pfs.indicators(code) if books.pfs else None
    if row is None or not row.days:
        return None
    return date.fromordinal(min(day.toordinal() + row.days, date.max.toordinal()))
