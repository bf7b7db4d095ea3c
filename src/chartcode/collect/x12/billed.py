"""An 837 transaction -> claims as they were billed, whole: parties, addresses, numbers, and what no field names.

``claim`` reads what rules and charts ask of a claim; this reads what is needed to send it again (a corrected claim, a
claim for the next payer). Segments that have no field of their own are carried in the order in which they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from chartcode.collect.x12.claim import INSTITUTIONAL, PROFESSIONAL, kind
from chartcode.collect.x12.values import day, days, diagnosis, procedure, service
from chartcode.model.claim import (
    AUTO,
    RELATED,
    Address,
    Circumstances,
    Claim,
    Line,
    Listed,
    Operation,
    Party,
    Person,
)
from chartcode.wire.x12 import Segment, Transaction

_ROLES = {"BK": "principal", "BF": "secondary", "BJ": "admitting", "PR": "reason for visit", "ZZ": "reason for visit",
          "BN": "external cause"}  # fmt: skip
_ORDER = ("principal", "admitting", "reason for visit", "external cause", "secondary")
"""How the institutional guide orders diagnoses by what they are; professional claims have the first and the last."""

_DAYS = {"431": "onset", "484": "last_period", "439": "accident"}
"""The days of a professional claim that say how it came about (DTP01 of loop 2300)."""
_STATE = 2

_OF_PARTY = ("N3", "N4", "REF", "PER", "PRV", "N2")
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_STANDARD = str.maketrans("*:~^", "    ")


def billed(transaction: Transaction) -> Iterator[Claim]:
    """Yield the claims of an 837 (professional or institutional), in order."""
    walk = _Walk(kind(transaction))
    for segment in transaction.segments:
        done = walk.hear(segment)
        if done is not None:
            yield done
    last = walk.done()
    if last is not None:
        yield last


def raw(of: Segment, start: int = 0) -> str:
    """Return a segment's elements from one on with our separators, whatever its file used."""
    said = []
    for text in of.elements[start:]:
        parts = text.split(of.signs.component) if of.name not in ("NTE", "K3") else [text]
        said.append(":".join(part.translate(_STANDARD).strip() for part in parts).rstrip(":"))
    return "*".join(said).rstrip("*")


def money(value: str) -> Decimal | None:
    """Return an amount, or None where there is none."""
    try:
        found = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found.adjusted()) < 18 else None


class _Walk:
    """A walk through the segments; what stands above a claim in the hierarchy holds for it."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._level = ""
        self._billing = self._payer = Party()
        self._pay_to: Party | None = None
        self._subscriber = Person(Party())
        self._patient: Person | None = None
        self._claim: dict[str, Any] | None = None
        self._line: dict[str, Any] | None = None
        self._who = ""
        self._other = self._below = False
        self._odd = 0

    def hear(self, of: Segment) -> Claim | None:
        done = self.done() if of.name in ("HL", "CLM") else None
        if not _NAME.fullmatch(of.name):  # to carry it would break the frame of what is written
            self._odd += 1
            return None
        if of.name == "HL":
            self._hl(of.get(3))
        elif of.name == "CLM":
            self._clm(of)
        elif self._claim is None:
            self._above(of)
        elif of.name == "LX" or (of.name in ("SV1", "SV2") and (self._line is None or "charge" in self._line)):
            self._begin_line(of)
        elif self._line is not None:
            self._in_line(of, self._line)
        elif self._other or of.name == "SBR":
            self._other = True
            self._claim["carried"].append(raw(of))
        else:
            self._in_claim(of, self._claim)
        return done

    def done(self) -> Claim | None:
        """Return the claim under way and forget it."""
        said, self._claim, self._line = self._claim, None, None
        if said is None:
            return None
        odd, self._odd = self._odd, 0
        remarks = (
            (f"{odd} segments before the end of the claim are none by their names and were left out",) if odd else ()
        )
        lines = tuple(Line(**{**line, "carried": tuple(line["carried"])}) for line in said.pop("lines"))
        people = tuple(said.pop("people"))
        said["diagnoses"] = tuple(sorted(said["diagnoses"], key=lambda d: _ORDER.index(d.role)))
        for name in ("operations", "carried"):
            said[name] = tuple(said[name])
        return Claim(**said, lines=lines, people=people, remarks=remarks)

    def _hl(self, level: str) -> None:
        self._level, self._who = level, ""
        if level == "20":
            self._billing, self._pay_to = Party(), None
        if level in ("20", "22"):
            self._subscriber, self._payer, self._patient = Person(Party()), Party(), None
        if level == "23":
            self._patient = Person(Party())

    # above a claim ------------------------------------------------------------------------------------------------

    def _above(self, of: Segment) -> None:
        if not self._level:
            return  # the header speaks of the file, not of a claim
        if of.name == "NM1":
            self._who = of.get(1)
            known = self._party_named(self._who)
            if known is None:
                self._carry_above(of)
            else:
                self._set(self._who, named(of, known))
        elif of.name == "SBR":
            self._subscriber = replace(
                self._subscriber, order=of.get(1), relationship=of.get(2), group=of.get(3), group_name=of.get(4),
                filing=of.get(9),
            )  # fmt: skip
        elif of.name == "DMG" and self._who in ("IL", "QC"):
            self._born(of)
        elif of.name == "PAT":
            self._pat(of)
        elif (of.name == "PRV" and of.get(1) in ("BI", "PT") and self._level == "20") or of.name == "CUR":
            self._billing = (
                replace(self._billing, taxonomy=of.get(3))
                if of.name == "PRV" and of.get(1) == "BI"
                else replace(self._billing, carried=(*self._billing.carried, raw(of)))
            )
        elif (party := self._party_named(self._who)) is not None and of.name in _OF_PARTY:
            self._set(self._who, told(of, party, ""))
        else:
            self._carry_above(of)

    def _party_named(self, who: str) -> Party | None:
        if who == "85":
            return self._billing
        if who == "87":
            return self._pay_to or Party()
        if who == "IL":
            return self._subscriber.party
        if who == "PR":
            return self._payer
        if who == "QC":
            return (self._patient or self._subscriber).party
        return None

    def _set(self, who: str, party: Party) -> None:
        if who == "85":
            self._billing = party
        elif who == "87":
            self._pay_to = party
        elif who == "IL":
            self._subscriber = replace(self._subscriber, party=party)
        elif who == "PR":
            self._payer = party
        elif self._patient is not None:
            self._patient = replace(self._patient, party=party)
        else:  # a patient named without a level of his own, in 4010
            self._subscriber = replace(self._subscriber, party=party)

    def _carry_above(self, of: Segment) -> None:
        if self._level == "22":
            self._subscriber = replace(self._subscriber, carried=(*self._subscriber.carried, raw(of)))
        elif self._level == "20":
            self._billing = replace(self._billing, carried=(*self._billing.carried, raw(of)))

    def _born(self, of: Segment) -> None:
        if self._who == "QC" and self._patient is not None:
            self._patient = replace(self._patient, born=day(of.get(2)), sex=of.get(3))
        else:
            self._subscriber = replace(self._subscriber, born=day(of.get(2)), sex=of.get(3))

    def _pat(self, of: Segment) -> None:
        more = (raw(of),) if len(of.elements) > 2 else ()
        if self._patient is not None:
            self._patient = replace(self._patient, relationship=of.get(1), carried=more)
        else:
            self._subscriber = replace(self._subscriber, carried=(*self._subscriber.carried, raw(of)))

    # a claim ------------------------------------------------------------------------------------------------------

    def _clm(self, of: Segment) -> None:
        self._other, self._line, self._who = False, None, ""
        kind = INSTITUTIONAL if self._kind == INSTITUTIONAL else PROFESSIONAL
        # the institutional guide has no use for a signature on file
        self._claim = {
            "kind": kind, "id": of.get(1), "charge": money(of.get(2)), "facility_code": of.part(5, 1),
            "frequency": of.part(5, 3),
            "signature": of.get(6) if kind == PROFESSIONAL else "",
            "assignment": of.get(7), "benefits": of.get(8),
            "release": of.get(9), **_accidents(of, kind),
            "billing": self._billing, "pay_to": self._pay_to, "payer": self._payer, "subscriber": self._subscriber,
            "patient": self._patient, "diagnoses": [], "operations": [], "lines": [], "people": [], "carried": [],
        }  # fmt: skip

    def _in_claim(self, of: Segment, claim: dict[str, Any]) -> None:
        people: list[tuple[str, Party]] = claim["people"]
        if of.name == "NM1":
            people.append((of.get(1), named(of, Party())))
        elif people and of.name in _OF_PARTY:
            role, party = people[-1]
            people[-1] = (role, told(of, party, role))
        elif of.name == "DTP" and of.get(1) in ("434", "435", "096"):
            self._dates(of, claim)
        elif of.name == "DTP" and claim["kind"] == PROFESSIONAL and self._came_about(of, claim):
            pass
        elif of.name == "REF" and of.get(1) == "LU" and claim["kind"] == INSTITUTIONAL and len(of.get(2)) == _STATE:
            claim["circumstances"] = replace(claim["circumstances"], state=of.get(2))
        elif of.name == "CL1":
            claim.update(admission_type=of.get(1), admission_source=of.get(2), disposition=of.get(3))
        elif of.name == "REF" and of.get(1) in ("F8", "G1"):
            claim["original" if of.get(1) == "F8" else "authorization"] = of.get(2)
        elif of.name == "HI":
            self._hi(of, claim)
        else:
            claim["carried"].append(raw(of))

    def _dates(self, of: Segment, claim: dict[str, Any]) -> None:
        value = of.get(3)
        if of.get(1) == "434":
            claim["first"], claim["last"] = days(value)
        elif of.get(1) == "435":
            claim["admitted"], claim["admission_hour"] = day(value), value[8:12]
        else:
            claim["discharge_hour"] = value

    def _came_about(self, of: Segment, claim: dict[str, Any]) -> bool:
        """Take a day of the circumstances; tell whether it was one, and the first of its kind."""
        key, value = _DAYS.get(of.get(1), ""), day(of.get(3))
        if not key or of.get(2) != "D8" or value is None or getattr(claim["circumstances"], key):
            return False
        claim["circumstances"] = replace(claim["circumstances"], **{key: value})
        return True

    def _hi(self, of: Segment, claim: dict[str, Any]) -> None:
        kept = []
        for number in range(1, len(of.elements)):
            qualifier, value, poa = of.part(number, 1).upper(), of.part(number, 2), of.part(number, 9)
            bare = qualifier[1:] if qualifier[:1] == "A" else qualifier
            if bare in _ROLES and value:
                role = _ROLES[bare]
                if role == "principal" and any(d.role == role for d in claim["diagnoses"]):
                    role = "secondary"
                claim["diagnoses"].append(Listed(diagnosis(qualifier, value), role, poa))
            elif qualifier in ("BBR", "BBQ", "BR", "BQ") and value:
                claim["operations"].append(Operation(procedure(qualifier, value), day(of.part(number, 4))))
            elif qualifier == "DR":
                claim["drg"] = value
            elif qualifier == "BH" and value and of.part(number, 3) == "D8" and (on := day(of.part(number, 4))):
                how = claim["circumstances"]
                claim["circumstances"] = replace(how, occurrences=(*how.occurrences, (value, on)))
            elif value:
                kept.append(":".join(of.parts(number)).rstrip(":"))
        if kept:
            claim["carried"].append("*".join(["HI", *kept]))

    # a line -------------------------------------------------------------------------------------------------------

    def _begin_line(self, of: Segment) -> None:
        """A service line begins; one without LX begins a line too."""
        if self._claim is not None:
            self._line, self._below, self._other = {"carried": []}, False, False
            self._claim["lines"].append(self._line)
            if of.name != "LX":
                self._in_line(of, self._line)

    def _in_line(self, of: Segment, line: dict[str, Any]) -> None:
        name, first = of.name, of.get(1)
        if self._below:
            line["carried"].append(raw(of))
        elif name == "SV1":
            pointers = tuple(int(p) for p in of.parts(7) if p.isascii() and p.isdigit())
            line.update(coded(of, 1), place=of.get(5), pointers=pointers, further=_rest(of, 8), **_much(of, 2))
        elif name == "SV2":
            line.update(coded(of, 2), revenue=first, further=_rest(of, 6), **_much(of, 3))
        elif name == "DTP" and first == "472" and of.get(2) in ("D8", "RD8"):
            line["first"], line["last"] = days(of.get(3))
        elif name == "REF" and first == "6R":
            line["control"] = of.get(2)
        elif name == "LIN" and of.get(2) == "N4" and "ndc" not in line:
            line["ndc"] = of.get(3)
        elif name == "CTP" and "ndc" in line and not of.get(3):
            line.update(ndc_quantity=money(of.get(4)), ndc_unit=of.part(5, 1))
        else:
            self._below = name in ("NM1", "SVD", "LQ", "LIN") or (name == "REF" and first in ("XZ", "VY"))
            line["carried"].append(raw(of))


def _accidents(of: Segment, kind: str) -> dict[str, Any]:
    """Return the elements of CLM from the tenth on, and what the eleventh says of accidents."""
    rest = raw(of, 10).split("*") if raw(of, 10) else []
    told = [part for part in of.parts(11)[:3] if part] if kind == PROFESSIONAL and len(of.elements) > 11 else []
    state, more = of.part(11, 4), of.part(11, 5)
    if told and set(told) <= set(RELATED) and not more and (not state or AUTO in told):
        rest[1] = ""
        how = Circumstances(related=tuple(told), state=state)
    else:
        how = Circumstances()
    while rest and not rest[-1]:
        rest.pop()
    return {"further": tuple(rest), "circumstances": how}


def _rest(of: Segment, start: int) -> tuple[str, ...]:
    rest = raw(of, start)
    return tuple(rest.split("*")) if rest else ()


def _much(of: Segment, at: int) -> dict[str, Any]:
    quantity = money(of.get(at + 2))
    return {
        "charge": money(of.get(at)),
        "unit": of.get(at + 1),
        "quantity": Decimal(1) if quantity is None else quantity,
    }


def coded(of: Segment, number: int) -> dict[str, Any]:
    """Return the code, modifiers and words of a service."""
    parts = [*of.parts(number), *[""] * 8]
    modifiers = tuple(m.upper() for m in parts[2:6] if m)
    return {"code": service(parts[0].upper(), parts[1]), "modifiers": modifiers, "description": parts[6]}


def named(of: Segment, party: Party) -> Party:
    """Return a party with what NM1 says."""
    return replace(
        party, person=of.get(2) == "1", name=of.get(3), first=of.get(4), middle=of.get(5), suffix=of.get(7),
        id_kind=of.get(8) if of.get(9) else "", id=of.get(9),
    )  # fmt: skip


def told(of: Segment, party: Party, role: str) -> Party:
    """Return a party with one more segment of its loop."""
    at = party.address or Address()
    if of.name == "N3":
        return replace(party, address=replace(at, lines=tuple(line for line in (of.get(1), of.get(2)) if line)))
    if of.name == "N4":
        return replace(party, address=replace(at, city=of.get(1), state=of.get(2), zip=of.get(3), country=of.get(4)))
    if of.name == "REF" and of.get(1) in ("EI", "SY") and not party.tax_id:
        return replace(party, tax_kind=of.get(1), tax_id=of.get(2))
    if of.name == "REF" and len(of.elements) <= 3:
        return replace(party, references=(*party.references, (of.get(1), of.get(2))))
    if of.name == "PER" and of.get(3) == "TE" and len(of.elements) <= 5 and not party.phone:
        return replace(party, contact=of.get(2), phone=re.sub(r"\D", "", of.get(4)))
    if of.name == "PRV" and of.get(1) == ("AT" if role == "71" else "PE") and of.get(2) == "PXC":
        return replace(party, taxonomy=of.get(3))
    return replace(party, carried=(*party.carried, raw(of)))
