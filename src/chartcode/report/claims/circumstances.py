"""What a claim says about how an illness or injury came about: since when, by work, by a car, by another accident.

External causes of the record say whether it was an accident and of which kind; the front desk may say it too, and alone
knows the state, the liability, and mostly the day. What is not said is not made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from chartcode.books.parameters import Parameters
from chartcode.model.case import Case
from chartcode.model.chart import AFFIRMED
from chartcode.model.claim import AUTO, EMPLOYMENT, OTHER, PROFESSIONAL, RELATED, Circumstances
from chartcode.report.claims.registration import Registration

_LONGEST = timedelta(days=730)
"""Before the first day an onset that a record tells may lie so long and be that of the present illness."""
_AT_WORK, _LAST_ACCIDENT, _LAST_PERIOD, _ONSET = "04", "06", "10", "11"
"""Occurrence codes (NUBC, form locators 31 to 34): an accident at work; the last code of accidents and crime; last
menstrual period; onset. Those of other accidents (01, 02, 03, 05) ask who is liable, which no record says."""


def circumstances(case: Case, registration: Registration | None, kind: str, remarks: list[str]) -> Circumstances:
    """Return what the record and the front desk say that a claim of a kind may say.

    ``remarks`` gather what was read from codes alone.
    """
    said = registration.circumstances if registration else Circumstances()
    seen = _seen(case)
    if seen and not said.related:
        kinds = ", ".join(f"{RELATED[kind]} ({code})" for kind, code in seen.items())
        remarks.append(f"by the external causes of the record this is an accident: {kinds}")
    whole = replace(said, related=said.related or tuple(seen), onset=said.onset or _onset(case))
    if whole.accident is None and whole.related and whole.onset is not None:
        whole = replace(whole, accident=whole.onset)
        remarks.append(f"the day of the accident is that of the onset, {whole.onset}")
    if kind == PROFESSIONAL:
        return replace(whole, occurrences=(), state=whole.state if AUTO in whole.related else "")
    occurrences = said.occurrences or tuple(_occurred(whole))
    if whole.related and not any(code <= _LAST_ACCIDENT for code, _ in occurrences):
        remarks.append("no occurrence code says whose the accident is to pay (01, 02, 03, 05): the front desk knows")
    return Circumstances(state=whole.state if AUTO in whole.related else "", occurrences=occurrences)


def _seen(case: Case) -> dict[str, str]:
    """Return the kinds of accident that the external causes of a case name, each with its code."""
    if case.day is None:
        return {}
    listed = Parameters(case.day).get("claim.accidents", {})
    found: dict[str, str] = {}
    for kind in RELATED:
        beginnings = tuple(listed.get(RELATED[kind], ()))
        code = next((str(d.code) for d in case.coded if str(d.code).startswith(beginnings)), "") if beginnings else ""
        if code:
            found[kind] = code
    if AUTO in found:
        found.pop(OTHER, None)
    return found


def _onset(case: Case) -> date | None:
    """Return the day since which the first diagnosis is there, where a coded entry of the record says it."""
    first = case.chart.encounter.first
    if first is None or not case.coded:
        return None
    days = list(_told(case, str(case.coded[0].code)))
    return next((day for day in days if first - _LONGEST <= day < first), None)


def _told(case: Case, code: str) -> Iterator[date]:
    for fact in case.chart.facts:
        if fact.kind == "diagnosis" and fact.assertion == AFFIRMED and str(fact.code) == code:
            value = fact.get("onset") or ""
            try:
                yield date.fromisoformat(value)
            except ValueError:
                continue  # a year or a month alone is no day


def _occurred(of: Circumstances) -> Iterator[tuple[str, date]]:
    """Yield the occurrence codes that follow from what is known, in their order."""
    if EMPLOYMENT in of.related and of.accident is not None:
        yield _AT_WORK, of.accident
    if of.last_period is not None:
        yield _LAST_PERIOD, of.last_period
    if of.onset is not None and not of.related:
        yield _ONSET, of.onset
