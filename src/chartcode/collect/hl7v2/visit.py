"""Who the patient is and what the encounter was: PID, PV1, IN1, EVN, and the events that take something back.

Tables: 0004 patient class, 0112 discharge disposition, 0003 event type (HL7 v2.8, chapter 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chartcode.collect.hl7v2.values import coded, day, moment, name
from chartcode.model.chart import ED, INPATIENT, OUTPATIENT, Encounter, Patient
from chartcode.wire.hl7v2 import Message, Segment

_CLASSES = {"I": INPATIENT, "B": INPATIENT, "E": ED, "O": OUTPATIENT, "R": OUTPATIENT, "C": OUTPATIENT}
_ADMITTED = frozenset({"A01", "A02", "A03", "A06", "A12", "A13"})
_BY_EVENT = {"A01": INPATIENT, "A02": INPATIENT, "A06": INPATIENT, "A04": OUTPATIENT, "A07": OUTPATIENT}

VOID = {
    "A11": "the admission was cancelled", "A27": "the pending admission was cancelled",
    "A38": "the pre-admission was cancelled", "A23": "the visit's record was deleted",
    "A29": "the person's record was deleted", "P02": "the account was purged", "S15": "the appointment was cancelled",
    "S16": "the appointment was discontinued", "S17": "the appointment was deleted", "S26": "the patient did not come",
}  # fmt: skip
"""Events after which nothing of the visit stands: its facts are kept, marked as cancelled."""

UNDONE = {
    "A12": "the transfer was cancelled", "A13": "the discharge was cancelled",
    "A25": "the pending discharge was cancelled", "A26": "the pending transfer was cancelled",
    "A32": "the arrival was cancelled", "A33": "the departure was cancelled",
    "A52": "the leave of absence was cancelled", "A53": "the return from leave was cancelled",
}  # fmt: skip
"""Events that take back one step and leave the visit standing."""

MERGES = frozenset({"A18", "A24", "A30", "A34", "A35", "A36", "A37", "A39", "A40", "A41", "A42", "A43", "A44", "A45",
                    "A46", "A47", "A48", "A49", "A50", "A51"})  # fmt: skip
"""Events that only merge, link or move identifiers."""


@dataclass(frozen=True, slots=True)
class Part:
    """The segments of one message that speak of one visit of one patient."""

    message: Message
    segments: tuple[Segment, ...] = field(repr=False)

    def first(self, name: str) -> Segment | None:
        """Return the first segment with this name."""
        return next((s for s in self.segments if s.name == name), None)

    @property
    def key(self) -> tuple[str, str]:
        """The patient, and the visit (PV1-19), else the account (PID-18), else the message; parts are joined by it."""
        pid, pv1 = self.first("PID"), self.first("PV1")
        who = (pid.get(3) or pid.get(2) or pid.get(4)) if pid else ""
        return who, (pv1.get(19) if pv1 else "") or (pid.get(18) if pid else "") or self.message.control


def parts(message: Message) -> list[Part]:
    """Split a message at each further patient (PID) and each further visit of one (PV1)."""
    runs: list[list[Segment]] = [[]]
    patient: Segment | None = None
    visited = False
    for segment in message.segments[1:]:
        if segment.name == "PID" and patient is not None:
            runs.append([])
            visited = False
        elif segment.name == "PV1" and visited and patient is not None:
            runs.append([patient])
        if segment.name == "PID":
            patient = segment
        visited = visited or segment.name == "PV1"
        runs[-1].append(segment)
    return [Part(message, tuple(run)) for run in runs]


def patient(pid: Segment | None, on: date | None) -> Patient:
    """Return sex, day of birth, and age on the first day of the encounter."""
    if pid is None:
        return Patient()
    sex = pid.get(8).upper()[:1]
    born, number = day(pid, 7), pid.get(3) or pid.get(2) or None
    if born is None or on is None or on < born:
        return Patient(sex if sex in ("F", "M") else None, None, born, None, number)
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Patient(sex if sex in ("F", "M") else None, years, born, None if years else (on - born).days, number)


@dataclass(slots=True)
class Stay:
    """An encounter as the messages of a visit tell it, one after the other: what is said later counts."""

    setting: str | None = None
    first: date | None = None
    last: date | None = None
    disposition: str | None = None
    payer: str | None = None
    facility: str | None = None
    provider: str | None = None
    remarks: list[str] = field(default_factory=list)
    void: bool = False
    guess: tuple[int, date] | None = None

    def hear(self, part: Part) -> None:
        """Take in what one part says."""
        event = part.message.event
        pv1 = part.first("PV1")
        self.setting = _setting(pv1, event) or self.setting
        if pv1 is not None:
            self.first = day(pv1, 44) or self.first
            self.last = day(pv1, 45) or self.last
            self.disposition = _disposition(pv1) or self.disposition
            self.facility = pv1.get(39) or pv1.get(3, 4) or self.facility
            self.provider = name(pv1, 7) or name(pv1, 17) or self.provider
        self.facility = self.facility or part.message.header.get(4) or None
        insurance = part.first("IN1")
        if insurance is not None:
            self.payer = insurance.get(4) or coded(insurance, 2).text or insurance.get(3) or self.payer
        if event == "A03" and self.last is None:
            self.last = _occurred(part)
        if event == "A13":
            self.last, self.disposition = None, None
        if event in VOID or event in UNDONE:
            self.remarks.append(f"{VOID.get(event) or UNDONE[event]} ({part.message.code} {event})")
        if part.message.code in ("ADT", "BAR", "SIU"):
            self.void = event in VOID
        self._guess(part)

    def _guess(self, part: Part) -> None:
        """Keep the likeliest first day for a visit that names none: the lower the rank, the better."""
        if self.first is not None:
            return
        for rank, (names, number, component) in enumerate(_DAYS):
            for found in part.segments:
                if found.name in names and not (found.name == "RXA" and found.get(9) == _HISTORICAL):
                    on = moment(found.get(number, component))[0]
                    if on and (self.guess is None or (rank, on) < self.guess):
                        self.guess = (rank, on)
        if part.message.code == "ADT" and part.message.event in _BEGINS and (on := _occurred(part)):
            self.guess = (-1, on)
        sent = _occurred(part) or day(part.message.header, 7)
        if self.guess is None and sent is not None:
            self.guess = (len(_DAYS), sent)

    def encounter(self) -> Encounter:
        """Return the encounter."""
        first = self.first
        if first is None and self.guess is not None and not (self.last and self.guess[1] > self.last):
            rank, first = self.guess
            if rank == len(_DAYS):
                self.remarks.append("the encounter's first day is not said; taken from the day of the message")
        last = self.last if first is None or self.last is None or self.last >= first else None
        if last != self.last:
            self.remarks.append("the discharge is dated before the admission and was left out")
        return Encounter(
            self.setting or OUTPATIENT, first, last, self.disposition, self.payer, self.facility, self.provider
        )


_DAYS = (
    (("FT1", "TXA"), 4, 1),
    (("RXA",), 3, 1),
    (("OBR",), 7, 1),
    (("PR1",), 5, 1),
    (("AIS",), 4, 1),
    (("SCH",), 11, 4),
    (("OBX",), 14, 1),
    (("ORC",), 9, 1),
)
"""Where a visit without PV1-44 may say its day: segments, field and component, the surest first."""

_BEGINS = frozenset({"A01", "A04", "A05"})
"""Events that begin a visit, so that their own day is the visit's."""

_HISTORICAL = "01"
"""RXA-9: the vaccine was given elsewhere before (NIP001)."""


def _setting(pv1: Segment | None, event: str) -> str | None:
    """Return the setting by the patient class; pre-admitted (P) counts as admitted once an event says so."""
    said = pv1.get(2).upper()[:1] if pv1 is not None else ""
    if said == "P":
        return INPATIENT if event in _ADMITTED else OUTPATIENT
    return _CLASSES.get(said) or _BY_EVENT.get(event)


def _disposition(pv1: Segment) -> str | None:
    """Return the discharge status; table 0112 is the user's own, so only what has the shape of a claim's is taken."""
    said = pv1.get(36)
    return said.zfill(2) if said.isascii() and said.isdigit() and len(said) <= 2 and said.strip("0") else None


def _occurred(part: Part) -> date | None:
    evn = part.first("EVN")
    return (day(evn, 6) or day(evn, 2)) if evn is not None else None


def identified(segments: Sequence[Segment]) -> bool:
    """Tell whether segments name a patient at all."""
    return any(s.name == "PID" and (s.raw(2) or s.raw(3) or s.raw(4) or s.raw(5)) for s in segments)
