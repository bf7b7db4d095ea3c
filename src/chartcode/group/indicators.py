"""The quality indicators of a case: for which it is at risk, and which count it.

One group an indicator for which the case is at risk, of weight 1 where it counts and 0 where it does not. Whether
something arose in hospital is asked of its present-on-admission indicator: N and U count (Guidelines, Appendix I); with
Y, W or an exempt code the case is not at risk, and without an indicator nobody can tell, so it is left out too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chartcode.books import Books
from chartcode.books.indicators import Codes, Condition, Indicator, indicators, surgical
from chartcode.group.msdrg import msdrg
from chartcode.model.case import BILLING, Case, Diagnosis, Group
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS, MSDRG, Code

SYSTEM = "quality indicator"
STYLE = "AHRQ-style"
OWN = "own"
_AROSE, _PRESENT = ("N", "U"), ("Y", "W", "1")


def quality(case: Case, books: Books) -> Iterator[Group]:
    """Yield the indicators for which a case is at risk, with the codes that count it."""
    if case.mode != BILLING or not case.coded:
        return
    seen = _Seen(case, books)
    for indicator in indicators(books.day):
        if not seen.fits(indicator.risk) or seen.touched(indicator.never) or seen.began(indicator):
            continue
        codes = next((found for event in indicator.events if (found := seen.event(event)) is not None), None)
        style = STYLE if indicator.like else OWN
        yield Group(
            SYSTEM,
            style,
            indicator.id,
            f"{indicator.title} ({style}{f' {indicator.like}' if indicator.like else ''})",
            tuple(codes or ()),
            0.0 if codes is None else 1.0,
            (f"counts: {indicator.numerator}" if codes is not None else f"at risk: {indicator.denominator}",),
        )


@dataclass
class _Seen:
    """A case as conditions look at it."""

    case: Case
    books: Books

    @cached_property
    def _codes(self) -> Mapping[str, list[Code]]:
        first, *others = self.case.coded
        done, visit = self.case.procedures, self.case.visit
        visits = [Code(CPT if visit.code[0].isdigit() else HCPCS, visit.code)] if visit and visit.code else []
        return {
            "principal": [first.code],
            "diagnosis": [d.code for d in self.case.coded],
            "secondary": [d.code for d in others],
            "arose": _of(others, _AROSE),
            "present": _of(others, _PRESENT),
            "operation": [p.code for p in done if p.code.system == ICD10PCS],
            "service": [p.code for p in done if p.code.system in (CPT, HCPCS)] + visits,
        }

    @cached_property
    def _stay(self) -> str:
        grouped = any(g.system == MSDRG for g in self.case.groups)
        groups = self.case.groups if grouped else msdrg(self.case, self.books)
        drg = next((g.code for g in groups if g.system == MSDRG), "")
        return ("surgical" if surgical(drg, self.books.day) else "medical") if drg else ""

    def fits(self, asked: Condition) -> bool:
        """Tell whether all of a condition holds; what the record does not say does not hold."""
        patient, encounter = self.case.chart.patient, self.case.chart.encounter
        if asked.ages and (patient.age is None or not asked.ages[0] <= patient.age <= asked.ages[1]):
            return False
        if asked.days and (
            not encounter.first or not encounter.last or (encounter.last - encounter.first).days < asked.days
        ):
            return False
        for wanted, has in (
            (asked.settings, encounter.setting),
            (asked.stays, self._stay),
            (asked.status, encounter.disposition),
            (asked.sex and (asked.sex,), patient.sex),
        ):
            if wanted and has not in wanted:
                return False
        return all(self._found(place, listed) for place, listed in asked.codes.items())

    def touched(self, barred: Condition) -> bool:
        """Tell whether anything of a condition holds."""
        if barred.status and self.case.chart.encounter.disposition in barred.status:
            return True
        return any(self._found(place, listed) for place, listed in barred.codes.items())

    def began(self, indicator: Indicator) -> bool:
        """Tell whether what would have to arise was there at the beginning, or may have been."""
        listed = [event.codes["arose"] for event in indicator.events if "arose" in event.codes]
        doubtful = [d for d in self.case.coded if d is self.case.coded[0] or d.poa not in _AROSE]
        return any(str(d.code) in codes for d in doubtful for codes in listed)

    def event(self, asked: Condition) -> list[Code] | None:
        """Return the codes by which all of a condition holds, or None where it does not."""
        if not self.fits(asked):
            return None
        found = (code for place, listed in asked.codes.items() for code in self._found(place, listed))
        return list(dict.fromkeys(found))

    def _found(self, place: str, listed: Codes) -> list[Code]:
        return [code for code in self._codes[place] if str(code) in listed]


def _of(diagnoses: Iterable[Diagnosis], indicators: tuple[str, ...]) -> list[Code]:
    return [d.code for d in diagnoses if d.code.system == ICD10CM and d.poa in indicators]
