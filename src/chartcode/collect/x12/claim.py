"""One claim of an 837 transaction, read loop by loop: who, when, diagnoses, procedures, service lines.

The guides are 005010X222 (professional) and 005010X223 (institutional); 004010X098 and X096 are read too, since their
loops have the same segments. What a guide demands and a claim lacks is left empty: the rules will say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from chartcode.collect.x12.values import day, days, diagnosis, procedure, quantity, service
from chartcode.model.code import Code
from chartcode.wire.x12 import Segment, Transaction

PROFESSIONAL, INSTITUTIONAL, DENTAL = "professional", "institutional", "dental"

_GUIDES = {"X222": PROFESSIONAL, "X098": PROFESSIONAL, "X223": INSTITUTIONAL, "X096": INSTITUTIONAL,
           "X224": DENTAL, "X097": DENTAL}  # fmt: skip
_PRINCIPAL = "principal"
_ROLES = {
    "BK": _PRINCIPAL, "BF": "secondary", "BJ": "admitting", "PR": "reason for visit", "BN": "external cause",
    "ZZ": "reason for visit",
}  # fmt: skip
"""Qualifiers of HI (code list 1270), without the A that says ICD-10 -> what the diagnosis is on the claim."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A diagnosis on a claim; ``role`` is principal, secondary, admitting, reason for visit or external cause."""

    code: Code
    role: str
    poa: str
    at: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A procedure of an inpatient claim (HI BBR, BBQ)."""

    code: Code
    on: date | None
    principal: bool
    at: str


@dataclass(slots=True)
class Line:
    """A service line (loop 2400)."""

    at: str
    code: Code | None = None
    modifiers: tuple[str, ...] = ()
    description: str = field(default="", repr=False)
    charge: str = ""
    unit: str = ""
    quantity: str = ""
    place: str = ""
    revenue: str = ""
    pointers: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    ndc: str = ""
    ndc_quantity: str = ""
    control: str = ""
    provider: str = field(default="", repr=False)


@dataclass(slots=True)
class Claim:
    """A claim as it came; ``frequency`` is 1 for the first, 7 for one that replaces it, 8 for one that voids it."""

    kind: str
    id: str
    at: str
    charge: str = ""
    facility_code: str = ""
    frequency: str = ""
    first: date | None = None
    last: date | None = None
    admitted: date | None = None
    disposition: str = ""
    drg: str = ""
    born: date | None = field(default=None, repr=False)
    sex: str | None = None
    payer: str = ""
    billing: str = field(default="", repr=False)
    facility: str = field(default="", repr=False)
    provider: str = field(default="", repr=False)
    diagnoses: list[Listed] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list, repr=False)
    accident: date | None = None
    remarks: list[str] = field(default_factory=list)


def kind(transaction: Transaction) -> str:
    """Return whether an 837 is professional, institutional or dental: by its guide, else by its service lines."""
    for part, said in _GUIDES.items():
        if part in transaction.guide:
            return said
    names = {segment.name for segment in transaction.segments}
    return DENTAL if "SV3" in names else INSTITUTIONAL if "SV2" in names else PROFESSIONAL


def claims(transaction: Transaction) -> Iterator[Claim]:
    """Yield the claims of an 837, in order."""
    walk = _Walk(kind(transaction))
    for segment in transaction.segments:
        done = walk.hear(segment)
        if done is not None:
            yield done
    done = walk.done()
    if done is not None:
        yield done


@dataclass(slots=True)
class _Person:
    """Who is treated, as the subscriber's or the patient's loop says."""

    born: date | None = None
    sex: str | None = None


class _Walk:
    """A walk through the segments of an 837; what stands above a claim in the hierarchy holds for it."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._claim: Claim | None = None
        self._line: Line | None = None
        self._billing = self._payer = ""
        self._subscriber = _Person()
        self._patient: _Person | None = None
        self._who = ""
        self._other = False

    def hear(self, of: Segment) -> Claim | None:
        """Take in one segment; return the claim that it ends."""
        done = None
        if of.name in ("HL", "CLM"):
            done = self.done()
        handler = _HANDLERS.get(of.name)
        if handler is not None:
            handler(self, of)
        return done

    def done(self) -> Claim | None:
        """Return the claim under way and forget it."""
        claim, self._claim, self._line, self._other = self._claim, None, None, False
        return claim

    def hl(self, of: Segment) -> None:
        """A level begins: 20 the billing provider, 22 a subscriber, 23 a patient who is not the subscriber."""
        level = of.get(3)
        self._who = ""
        if level == "20":
            self._billing = self._payer = ""
        if level in ("20", "22"):
            self._subscriber, self._patient = _Person(), None
        if level == "23":
            self._patient = _Person()

    def nm1(self, of: Segment) -> None:
        """A name: whose it is, the first element says."""
        who, name = of.get(1), " ".join(filter(None, (of.get(4), of.get(3))))
        self._who = who
        claim = self._claim
        if claim is None:
            if who == "85":
                self._billing = name
            elif who == "PR":
                self._payer = self._payer or name
            elif who == "QC" and self._patient is None:
                self._patient = _Person()
            return
        if self._other:  # another payer's loop (2320): none of this claim's own people
            return
        if self._line is not None:
            if who == "82":
                self._line.provider = name
            return
        if who in ("82", "71"):
            claim.provider = name
        elif who in ("77", "FA"):
            claim.facility = name

    def dmg(self, of: Segment) -> None:
        """Birth and sex, of the person named before."""
        if self._claim is None and self._who in ("IL", "QC"):
            person = self._patient if self._who == "QC" and self._patient is not None else self._subscriber
            person.born, sex = day(of.get(2)), of.get(3).upper()
            person.sex = sex if sex in ("F", "M") else None

    def clm(self, of: Segment) -> None:
        """A claim begins."""
        person = self._patient or self._subscriber
        self._claim = Claim(
            self._kind, of.get(1), of.at, of.get(2), of.part(5, 1), of.part(5, 3), born=person.born, sex=person.sex,
            payer=self._payer, billing=self._billing,
        )  # fmt: skip

    def dtp(self, of: Segment) -> None:
        """A date: of the service, the statement, the admission, the accident."""
        what, (first, last) = of.get(1), days(of.get(3))
        if self._claim is None or self._other:
            return
        if self._line is not None:
            if what in ("472", "150"):
                self._line.first, self._line.last = first, last
            elif what == "151":
                self._line.last = first
        elif what == "434":
            self._claim.first, self._claim.last = first, last
        elif what == "435":
            self._claim.admitted = first
        elif what == "096" and first:
            self._claim.last = self._claim.last or first
        elif what == "439":
            self._claim.accident = first
        elif what == "472":
            self._claim.first, self._claim.last = first, last

    def cl1(self, of: Segment) -> None:
        """How an institutional claim's patient left."""
        if self._claim is not None:
            self._claim.disposition = of.get(3)

    def hi(self, of: Segment) -> None:
        """Health care information: up to twelve composites, each qualified by its first component."""
        claim = self._claim
        if claim is None or self._line is not None:
            return
        for number in range(1, len(of.elements)):
            qualifier, value = of.part(number, 1).upper(), of.part(number, 2)
            if not value:
                continue
            at = f"{of.at}-{number}"
            bare = qualifier[1:] if qualifier in ("ABK", "ABF", "ABJ", "APR", "ABN") else qualifier
            if bare in _ROLES:
                role = _ROLES[bare]
                if role == _PRINCIPAL and any(d.role == _PRINCIPAL for d in claim.diagnoses):
                    role, told = "secondary", "the claim names several principal diagnoses; the first counts"
                    claim.remarks += [] if told in claim.remarks else [told]
                claim.diagnoses.append(Listed(diagnosis(qualifier, value), role, of.part(number, 9).upper(), at))
            elif qualifier in ("BBR", "BBQ", "BR", "BQ"):
                claim.operations.append(
                    Operation(procedure(qualifier, value), day(of.part(number, 4)), qualifier in ("BBR", "BR"), at)
                )
            elif qualifier == "DR":
                claim.drg = value

    def sbr(self, _: Segment) -> None:
        """A subscriber; within a claim it is another payer's."""
        self._other = self._claim is not None
        self._line = None if self._other else self._line

    def lx(self, of: Segment) -> None:
        """A service line begins."""
        if self._claim is not None:
            self._other = False
            self._line = Line(of.at)
            self._claim.lines.append(self._line)

    def sv1(self, of: Segment) -> None:
        """A professional service."""
        line = self._service(of, 1)
        if line is not None:
            line.charge, line.unit, line.quantity, line.place = of.get(2), of.get(3), of.get(4), of.get(5)
            line.pointers = tuple(int(p) for p in of.parts(7) if p.isascii() and p.isdigit())

    def sv2(self, of: Segment) -> None:
        """An institutional service."""
        line = self._service(of, 2)
        if line is not None:
            line.revenue, line.charge, line.unit, line.quantity = of.get(1), of.get(3), of.get(4), of.get(5)

    def sv5(self, of: Segment) -> None:
        """Durable medical equipment: the line's code, where SV1 has none."""
        if self._line is not None and self._line.code is None:
            self._line.code = service(of.part(1, 1), of.part(1, 2))

    def lin(self, of: Segment) -> None:
        """The drug of a line, by its national drug code."""
        if self._line is not None and of.get(2) == "N4":
            self._line.ndc = of.get(3)

    def ctp(self, of: Segment) -> None:
        """How much of the drug."""
        if self._line is not None:
            self._line.ndc_quantity = " ".join(filter(None, (quantity(of.get(4)), of.part(5, 1))))

    def ref(self, of: Segment) -> None:
        """A reference: the line's control number."""
        if self._line is not None and of.get(1) == "6R":
            self._line.control = of.get(2)

    def nte(self, of: Segment) -> None:
        """A note of the biller."""
        if self._claim is not None and of.get(2):
            self._claim.notes.append(of.get(2))

    def _service(self, of: Segment, number: int) -> Line | None:
        """Return the line that a service belongs to; one without LX begins a line too."""
        if self._claim is None:
            return None
        if self._line is None or self._line.charge:
            self._other = False
            self._line = Line(of.at)
            self._claim.lines.append(self._line)
        parts = [*of.parts(number), *[""] * 8]
        self._line.code = service(parts[0].upper(), parts[1])
        self._line.modifiers = tuple(modifier.upper() for modifier in parts[2:6] if modifier)
        self._line.description = parts[6]
        return self._line


_HANDLERS: dict[str, Callable[[_Walk, Segment], None]] = {
    "HL": _Walk.hl, "NM1": _Walk.nm1, "DMG": _Walk.dmg, "CLM": _Walk.clm, "DTP": _Walk.dtp, "CL1": _Walk.cl1,
    "HI": _Walk.hi, "SBR": _Walk.sbr, "LX": _Walk.lx, "SV1": _Walk.sv1, "SV2": _Walk.sv2, "SV5": _Walk.sv5,
    "LIN": _Walk.lin, "CTP": _Walk.ctp, "REF": _Walk.ref, "NTE": _Walk.nte,
}  # fmt: skip
