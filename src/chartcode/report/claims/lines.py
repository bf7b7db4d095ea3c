"""The service lines of a claim: the visit, the procedures, the days of a stay.

Charges are the claim's own, where the case came from one, else the practice's fees; revenue codes are its mapping's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from chartcode.model.case import Case, Procedure
from chartcode.model.chart import Fact
from chartcode.model.claim import Line
from chartcode.model.code import CPT, HCPCS, Code
from chartcode.report.claims.limits import POINTERS
from chartcode.report.claims.modifiers import of_hospital
from chartcode.report.claims.practice import Practice

_VISIT_PLACES = {"office": "11", "emergency": "23", "hospital": "21", "nursing": "31", "home": "12", "newborn": "21"}
"""Places of service (CMS place of service code set) by the kind of visit."""


@dataclass
class Lines:
    """Makes the lines of one case; ``remarks`` and ``gaps`` gather what is to be said of them."""

    case: Case
    practice: Practice
    listed: Sequence[str]
    professional: bool
    remarks: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def all(self) -> tuple[Line, ...]:
        """Return the lines: days of a stay first, then the visit, then services in the case's order."""
        billed = [f for f in self.case.chart.facts if f.kind == "procedure" and f.status == "billed"]
        made = list(self._stay()) + [self._line(p, _taken(billed, p)) for p in self._services()]
        known = {(line.revenue, str(line.code)) for line in made}
        for fact in billed:  # lines of a claim with a revenue code and no procedure: rooms, supplies
            if not self.professional and (line := _of_fact(fact)) and (line.revenue, str(line.code)) not in known:
                made.append(line)
        return tuple(made)

    def _services(self) -> list[Procedure]:
        found = [p for p in self.case.procedures if p.code.system in (CPT, HCPCS)]
        visit = self.case.visit
        if visit is None or not visit.code or any(str(p.code) == visit.code for p in found):
            return found
        system = CPT if visit.code[:1].isdigit() else HCPCS
        return [Procedure(Code(system, visit.code), visit.modifiers, evidence=visit.evidence), *found]

    def _stay(self) -> list[Line]:
        encounter = self.case.chart.encounter
        if self.professional or not self.case.inpatient or self.practice.stay is None or encounter.first is None:
            return []
        if any(f.get("revenue") for f in self.case.chart.facts):
            return []  # the record is a claim that has its own room lines
        revenue, daily = self.practice.stay
        days = max(((encounter.last or encounter.first) - encounter.first).days, 1)
        return [Line(charge=daily * days, quantity=Decimal(days), unit="DA", revenue=revenue)]

    def _line(self, of: Procedure, fact: Fact | None) -> Line:
        code, encounter = str(of.code), self.case.chart.encounter
        charge = _amount(fact.get("charge")) if fact else None
        if charge is None:
            fee = self.practice.fee(code, of.modifiers)
            charge = None if fee is None else fee * of.units
        if charge is None:
            self.gaps.append(f"{code} has no charge; add it to [fees] of the practice file")
        revenue, place, ndc = (((fact.get(k) or "") if fact else "") for k in ("revenue", "place", "ndc"))
        if self.professional:
            visit = self.case.visit
            place = place or (visit.place or _VISIT_PLACES.get(visit.service, "") if visit else "")
        else:
            place, revenue = "", revenue or self.practice.revenue_of(code)
            if not revenue:
                self.gaps.append(
                    f"{code} has no revenue code; add it, or its beginning, to [revenue] of the practice file"
                )
        modifiers = of.modifiers if self.professional else of_hospital(of.modifiers, of.evidence)
        first = of.on or encounter.first
        unit = (fact.get("unit") or "UN") if fact else "UN"
        return Line(
            of.code, modifiers[:4], charge, Decimal(of.units), unit, self._pointers(of) if self.professional else (),
            first, first, revenue, place, ndc=ndc,
        )  # fmt: skip

    def _pointers(self, of: Procedure) -> tuple[int, ...]:
        code = str(of.code)
        places = [self.listed.index(c) + 1 for c in dict.fromkeys(of.pointers) if c in self.listed]
        gone = [c for c in of.pointers if c not in self.listed]
        if gone:
            self.remarks.append(f"{code} was pointed to {', '.join(gone)}, which the claim does not list")
        if not places and self.listed:
            places = list(range(1, min(len(self.listed), POINTERS) + 1)) if self._is_visit(code) else [1]
            told = "the first diagnoses of the claim" if len(places) > 1 else "the first diagnosis of the claim"
            self.remarks.append(f"nothing says what {code} was for: it points to {told}")
        if len(places) > POINTERS:
            self.remarks.append(f"{code} is for {len(places)} diagnoses; a line points to {POINTERS}: the first")
        return tuple(places[:POINTERS])

    def _is_visit(self, code: str) -> bool:
        return self.case.visit is not None and self.case.visit.code == code


def _taken(billed: list[Fact], of: Procedure) -> Fact | None:
    """Return the fact of a claim from which a procedure came, and take it off the list."""
    for fact in billed:
        if fact.code == of.code and tuple((fact.get("modifiers") or "").split()) == of.modifiers:
            billed.remove(fact)
            return fact
    return None


def _of_fact(fact: Fact) -> Line | None:
    revenue, charge = fact.get("revenue") or "", _amount(fact.get("charge"))
    if not revenue or (fact.code is not None and fact.code.system in (CPT, HCPCS)):
        return None
    quantity = _amount(fact.get("units")) or Decimal(1)
    return Line(None, (), charge, quantity, fact.get("unit") or "UN", (), fact.on, fact.on, revenue)


def _amount(value: str | None) -> Decimal | None:
    try:
        found = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None
