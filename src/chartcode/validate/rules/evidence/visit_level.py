"""The level of a visit is not the one that its elements or its time make.

Medical decision making has the level that two of its three elements meet or exceed; the total time may stand in its
place where it gives more. A level above both is not supported, a level below both leaves documented work unreported:
both are errors of coding, and both are to be set right from the record as it stands.

Examples:
    professional 2026-03-02, F 67
    visit high 99215 office established problems moderate data low risk moderate mdm    ! evidence/visit_level

    professional 2026-03-02, F 67
    visit low 99213 office established problems moderate data low risk moderate mdm    ! evidence/visit_level

    professional 2026-03-02, F 67
    visit moderate 99214 office established problems moderate data low risk moderate mdm

    professional 2026-03-02, F 67
    visit high 99215 office established problems moderate data low risk moderate time minutes 42

    professional 2026-03-02, F 67
    visit high 99215 office established
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.visits import two_of_three
from chartcode.model.case import LEVELS, WARNING, Case, Finding, Remedy
from chartcode.validate.rule import rule
from chartcode.validate.sources import FEE_SCHEDULE


@rule(
    severity=WARNING,
    authority="CMS, 84 FR 62568, II.P, and 87 FR 69404, II.F: level by medical decision making or time",
    url=FEE_SCHEDULE,
    since="2021-01-01",
)
def visit_level(case: Case, books: Books) -> Iterator[Finding]:
    """Yield a visit whose level is neither that of its elements nor that of its minutes."""
    visit = case.visit
    if visit is None or visit.level not in LEVELS:
        return
    told = (visit.problems, visit.data, visit.risk)
    if not set(told) <= set(LEVELS):
        return
    made = two_of_three(told)
    family = books.visits.meaning(visit.code or "") or books.visits.family(visit.service, visit.status)
    timed = family.by_time(visit.minutes) if family and visit.minutes is not None else None
    if visit.level not in {made, timed}:
        supported = max(made, timed or made, key=LEVELS.index)
        way = "above" if LEVELS.index(visit.level) > LEVELS.index(supported) else "below"
        say = f"two of three elements make it {made}" + (f", the time {timed}" if timed else "")
        yield Finding(f"the visit is {visit.level}, {way} what is documented: {say}", (visit,), Remedy("ask", say=say))
