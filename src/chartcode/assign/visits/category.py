"""Whether a record is a visit at all, and of which kind: place, new or established, first or later."""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcode.assign.visits.cues import Cue
from chartcode.assign.visits.minutes import minutes
from chartcode.assign.visits.record import HISTORY, Record
from chartcode.model.case import Mention
from chartcode.model.chart import CODED_ENTRIES, ED, INPATIENT, PROFESSIONAL

OFFICE = "office"
EMERGENCY = "emergency"
HOSPITAL = "hospital"
NURSING = "nursing"
HOME = "home"
CRITICAL_CARE = "critical_care"
PREVENTIVE = "preventive"
INDEPENDENT = "independent_examination"
UNLEVELLED = frozenset((CRITICAL_CARE, PREVENTIVE, INDEPENDENT))
"""Services whose number does not go by the elements."""
NEW, ESTABLISHED, INITIAL, SUBSEQUENT, DISCHARGE = "new", "established", "initial", "subsequent", "discharge"

_VISITS = frozenset(("office visit", "consult", "ed note", "history and physical", "progress note"))
_PROCEDURES = frozenset(("operative note", "procedure note"))
_SUMMARY = "discharge summary"
_REPORTS = frozenset(("radiology report", _SUMMARY))
_STUDY = re.compile(r"\s*exam(?: performed)?\s*:", re.IGNORECASE)
"""The heading of a report that names its study."""
_REPORTED = frozenset(("findings", "technique", "procedure", "procedure description"))
_VISITED = frozenset(("plan", "assessment and plan", "review of systems", "subjective", "vitals"))
"""Sections of a report of a study, and those that a visit alone has."""
_EXAMINATION = frozenset(("physical exam", "objective", "vitals", "review of systems"))
"""Sections of which a note may consist that examines and no more: a visit, whose level nobody can tell."""
_TAUGHT = 3
"""From so many turns of a leaflet on, a text teaches and tells of no patient."""

_PREVENTIVE_CODES = ("Z00.0", "Z00.1", "Z01.41", "Z02.0", "Z02.5")
_HERE = ("", "chief complaint", "reason for visit", "history of present illness", "subjective", "assessment",
         "assessment and plan", "impression", "diagnosis", "reason for consultation", "plan")  # fmt: skip


_CHECK = re.compile(r"well[- ](?:child|baby|adolescent)", re.IGNORECASE)
_OPENING, _GROWN = 250, 18
"""Characters at the top of a note that say why a child is seen: a well-child check is one, whatever is found at it."""


class Category(NamedTuple):
    """A kind of service: its place, its status, the words that tell, and whether another asked for an opinion."""

    service: str
    status: str
    why: tuple[str, ...]
    evidence: tuple[Mention, ...]
    consultation: bool = False

    @property
    def acute_care(self) -> bool:
        """Whether it is in an emergency department or a hospital."""
        return self.service in {EMERGENCY, HOSPITAL, CRITICAL_CARE}


def category(record: Record) -> Category | None:
    """Return the kind of service, or None where the record is no visit."""
    kinds = {d.kind for d in record.documents}
    setting = record.case.chart.encounter.setting
    if _no_visit(record):
        return None
    critical = _critical(record)
    if critical and setting != INPATIENT and not kinds & _PROCEDURES:
        return Category(CRITICAL_CARE, "", ("critical care is stated",), critical)
    if _SUMMARY in kinds and setting == PROFESSIONAL and not kinds & _VISITS:
        return Category(*_discharge(record))
    foreign = _PROCEDURES | (_REPORTS - {_SUMMARY} if setting == ED else _REPORTS)
    if not kinds & _VISITS and (kinds & foreign or not _like_a_visit(record)):
        return None
    nursing = tuple(c.mention for c in record.said("service", "nursing facility", within=_HERE)[:2])
    if setting == INPATIENT and not (nursing and kinds & _VISITS):
        return None
    return _special(record) or _usual(record, kinds, setting, nursing)


def _discharge(record: Record) -> tuple[str, str, tuple[str, ...], tuple[Mention, ...]]:
    """Return the physician's day of discharge: where, and the words for the place."""
    nursing = tuple(c.mention for c in record.said("service", "nursing facility", within=("", "reason for visit")))
    place = NURSING if nursing else HOSPITAL
    return place, DISCHARGE, ("the physician discharges the patient",), nursing[:1]


def _special(record: Record) -> Category | None:
    """Return a service that has no levels: preventive, or an examination for somebody else."""
    preventive = _preventive(record)
    if preventive:
        return Category(PREVENTIVE, _status(record, ESTABLISHED), ("a preventive visit",), preventive)
    examiner = record.said("service", "independent examination", within=_HERE)
    if examiner:
        return Category(INDEPENDENT, "", ("an examination for somebody else",), (examiner[0].mention,))
    return None


def _usual(record: Record, kinds: set[str], setting: str, nursing: tuple[Mention, ...]) -> Category:
    """Return a service with levels."""
    consultation = "consult" in kinds
    service, why, evidence = _place(record, kinds, setting, nursing)
    if service == EMERGENCY:
        return Category(service, "", why, evidence, consultation)
    if service in {HOSPITAL, NURSING}:
        first = (
            "history and physical" in kinds or (service == HOSPITAL and "progress note" not in kinds) or consultation
        )
        return Category(service, INITIAL if first else SUBSEQUENT, why, evidence, consultation)
    return Category(service, _status(record, NEW if consultation else ESTABLISHED), why, evidence, consultation)


def _no_visit(record: Record) -> bool:
    """Tell whether the record is the work of another profession, or no encounter with a patient."""
    others = record.said("service", "not a physician")
    taught = record.said("service", "education")
    return (
        len(others) > 1
        or len(taught) >= _TAUGHT
        or bool(record.said("service", "autopsy", within=("", "history of present illness")))
    )


def _like_a_visit(record: Record) -> bool:
    """Tell whether a document of no named kind is built like a visit: the patient is examined, and asked or treated."""
    if "" in {d.kind for d in record.documents} or _extract(record):
        return False
    names = {s.name for d in record.documents for s in d.sections}
    study = any(_STUDY.match(d.text) for d in record.documents)
    if names & _REPORTED and (study or not names & _VISITED):
        names = {s.name for d in record.documents for s in d.sections if s.start}  # "EXAM:" at the top names a study
    asked = names & {"history of present illness", "subjective", "chief complaint", "reason for visit"}
    examined = names & {"physical exam", "objective", "vitals"}
    if not asked and "procedure description" in names:
        return False
    planned = names & {"plan", "assessment and plan"}
    if "hospital course" in names and not planned:  # the tale of a stay, told afterwards
        return False
    return bool(examined) and (bool(asked or planned) or names - {""} <= _EXAMINATION)


def _extract(record: Record) -> bool:
    """Tell whether the chart is a system's extract: its narrative stands beside coded entries and is no note."""
    return any(d.kind == CODED_ENTRIES for d in record.case.chart.documents)


def _critical(record: Record) -> tuple[Mention, ...]:
    """Return the words that state critical care, if the record also gives its minutes."""
    said = record.said("service", "critical care")
    stated = minutes(record) if said else None
    return (said[0].mention, stated[1]) if stated else ()


def _place(
    record: Record, kinds: set[str], setting: str, nursing: tuple[Mention, ...]
) -> tuple[str, tuple[str, ...], tuple[Mention, ...]]:
    if "ed note" in kinds or setting == ED:
        return EMERGENCY, ("the record is one of an emergency department",), ()
    if nursing and (setting == INPATIENT or (setting == PROFESSIONAL and "progress note" in kinds)):
        return NURSING, ("the patient is seen in a nursing facility",), nursing
    home = record.said("service", "home", within=_HERE)
    if home:
        return HOME, ("the patient is seen at home",), (home[0].mention,)
    hospital = record.said("service", "hospital")
    admission = _admission(record)
    if setting == PROFESSIONAL and admission:
        return HOSPITAL, ("the record says why the patient is admitted",), admission
    known = [c.mention.span.text.lower() for c in record.said("service", "established patient", within=_HERE)]
    returns = not hospital and any(word in said for said in known for word in ("return", "recheck"))
    if "history and physical" in kinds or (setting == PROFESSIONAL and "office visit" not in kinds and not returns):
        return HOSPITAL, ("the physician sees the patient in a hospital",), tuple(c.mention for c in hospital[:2])
    return OFFICE, ("an office or other outpatient visit",), ()


def _admission(record: Record) -> tuple[Mention, ...]:
    """Return the heading that gives the reason for an admission."""
    headings = ((d, s, d.text[s.start : s.body]) for d in record.documents for s in d.sections)
    return tuple(
        Mention(d.span(s.start, s.start + len(words.rstrip(" :,\n"))), "admission", section=s.name)
        for d, s, words in headings
        if s.name in {"reason for visit", "admission diagnosis"} and "admi" in words.lower()
    )


def _status(record: Record, usual: str) -> str:
    """Return new or established: by the words that come first, else as is usual."""
    found = [
        c
        for c in record.cues
        if c.group == "service" and c.name in {"new patient", "established patient"} and c.section not in HISTORY
    ]
    first: Cue | None = min(found, key=lambda c: c.start, default=None)
    if first is None:
        return usual
    return NEW if first.name == "new patient" else ESTABLISHED


def _preventive(record: Record) -> tuple[Mention, ...]:
    said = record.said("service", "preventive", within=_HERE)
    coded = [d for d in record.case.diagnoses[:1] if d.code.value.startswith(_PREVENTIVE_CODES)]
    if coded:
        return tuple(m for d in coded for m in d.evidence[:1]) or tuple(c.mention for c in said[:1])
    age = record.case.chart.patient.age
    first = [c for c in said if c.start < _OPENING and _CHECK.search(c.mention.span.text)]
    if first and age is not None and age < _GROWN:
        return (first[0].mention,)
    return ()
