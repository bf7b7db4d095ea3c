"""Services that stand in the place of a visit with a level, or carry its work: each by its words.

Medicare's wellness visits, newborn care, online and brief remote services, care after a discharge; and, of what the
services of the case already name, psychotherapy, eye examinations and psychiatric evaluations.
"""

from __future__ import annotations

import re

from chartcode.assign.visits.category import OFFICE, PREVENTIVE
from chartcode.assign.visits.element import MODERATE, rank
from chartcode.assign.visits.record import Record
from chartcode.assign.visits.told import told, words
from chartcode.model.case import CHECK, NOT_APPLICABLE, Mention, Visit
from chartcode.model.chart import OUTPATIENT

NEWBORN, ONLINE, CHECK_IN = "newborn", "online", "check_in"


_WELCOME = words(
    r"\bwelcome to medicare\b|\binitial preventive physical exam\w*|\bIPPE\b",
    "medicare",
    "preventive physical",
    "ippe",
)
_WELLNESS = words(
    r"\b(?:(initial|first|subsequent|follow-?up)\s+)?(?:medicare )?annual wellness (?:visit|exam\w*)|\bAWV\b",
    "wellness",
    "awv",
)
_MEDICARE = re.compile(r"\bmedicare\b", re.IGNORECASE)
_NURSERY = words(
    r"\b(?:newborn|well[- ]baby|routine) nursery\b|\bin the nursery\b|\bnursery care\b|\bapgars?\b",
    "nursery",
    "apgar",
)
_NEWBORN = words(
    r"\bnewborn\b|\bneonate\b",
    "newborn",
    "neonate",
)
_INTENSIVE = words(
    r"\bNICU\b|\bneonatal intensive|\bintubat|\bCPAP\b|\bsepsis\b",
    "nicu",
    "neonatal",
    "intubat",
    "cpap",
    "sepsis",
)
_LATER = re.compile(
    r"\bprogress note\b|\bday of life (?:#\s?)?[2-9]\b|\bDOL (?:#\s?)?[2-9]\b|\bhospital day (?:#\s?)?[2-9]\b",
    re.IGNORECASE,
)
_SAME_DAY = words(
    r"\badmitted and discharged (?:on )?the same (?:day|date|calendar day)\b|\bdischarged (?:later |home )?(?:on )?the same (?:day|date|calendar day)\b|\bsame[- ]day (?:admission and )?discharge\b",
    "same",
)
_APART = words(
    r"\b(?:in addition to|separate(?:ly)? from|apart from|beyond)\b[^.]{0,40}\b(?:preventive|physical|wellness|well[- ](?:child|woman)|annual)\b|\bseparately identifiable\b|\bsignificant,? separate\w*",
    "addition",
    "separate",
    "apart",
    "beyond",
)
_PORTAL = words(
    r"\bonline digital\b|\be-?visit\b|\b(?:patient )?portal (?:message|encounter|visit)\b",
    "online",
    "visit",
    "portal",
)
_BRIEF = words(
    r"\bvirtual check-?in\b|\bbrief (?:communication technology|virtual)\b",
    "check",
    "brief",
)
_MINUTES = re.compile(r"\b(\d{1,3})\s*-?\s*(?:minutes?|mins?)\b", re.IGNORECASE)
_TRANSITION = words(
    r"\btransitional care (?:management)?\b|\bTCM (?:visit|service)\b",
    "transitional",
    "tcm",
)
_CONTACTED = words(
    r"\bwithin (?:two|2)(?: \(2\))? (?:business|working) days\b|\bwithin 48 hours\b",
    "within",
)
_DAYS = words(
    r"\bdischarged[^.]{0,80}?\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) days ago\b|\b(\d{1,2}) days (?:after|since|post|from) (?:the |her |his )?(?:hospital )?discharge\b|\bwithin (7|14|seven|fourteen) (?:calendar )?days of (?:the |her |his )?(?:hospital )?discharge\b",
    "discharge",
)
_WORDS = {
    w: n for n, w in enumerate(("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
}
_WORDS["fourteen"] = 14

_THERAPY = frozenset((
    "90832", "90834", "90837", "90839", "90846", "90847", "90853", "95907", "95908", "95909", "95910", "95911", "95912",
    "95913", "96130", "96132", "97161", "97162", "97163", "97164", "97165", "97166", "97167", "97168", "97802", "97803", "98940", "98941",
    "98942",
))  # fmt: skip
"""Services of which a note is no visit: those of therapists and dietitians, and reports of nerves."""
_MONTHLY = frozenset(("99424", "99426", "99484", "99487", "99490", "99491", "99457"))
_IN_PLACE = frozenset(("90791", "90792", "92002", "92004", "92012", "92014"))
"""Services that are billed in the place of a visit: its level stays, for what it teaches, and its number goes."""


def instead(record: Record) -> Visit | None:
    """Return a service that is no visit with a level, or None."""
    return _wellness(record) or _newborn(record) or _remote(record)


def no_visit(record: Record) -> bool:
    """Tell whether the case's services are all that the note is about: psychotherapy, manipulation, a month's care."""
    codes = {p.code.value for p in record.case.procedures}
    return bool(codes & (_THERAPY | _MONTHLY))


def in_place(record: Record) -> str | None:
    """Return the number of a service of the case that is billed in the place of the visit, or None."""
    return next((p.code.value for p in record.case.procedures if p.code.value in _IN_PLACE), None)


def own_work(record: Record) -> tuple[Mention, ...]:
    """Return the words that call work on a problem separate from a preventive visit."""
    said = told(record, _APART, sure=False)
    return (said.mention,) if said else ()


def same_day(record: Record) -> Mention | None:
    """Return the words that say that a patient came and left the hospital on one day."""
    said = told(record, _SAME_DAY, sure=False)
    return said.mention if said else None


def transition(record: Record, visit: Visit) -> tuple[str | None, str, Mention] | None:
    """Return (number, reason, words) of care after a discharge, None where the note is of none.

    It needs a contact within two business days, a visit within 14 days (7 of high complexity), and at least moderate
    decision making: where one is not told there is no number, and the reason says what is missing.
    """
    said, fact = told(record, _TRANSITION, sure=False), record.books.parameters.get("visits.transition")
    if said is None or fact is None or visit.service != OFFICE:
        return None
    days = _days(record)
    if told(record, _CONTACTED, sure=False) is None:
        return None, "care after a discharge needs a contact within two business days, which is not told", said.mention
    if days is None or days > fact["moderate"]["within"]:
        return None, "care after a discharge needs a visit within 14 days, and the days are not told", said.mention
    if visit.level not in fact["levels"]:
        return None, f"care after a discharge needs at least {MODERATE} decision making", said.mention
    high = rank(visit.level) > rank(MODERATE) and days <= fact["high"]["within"]
    number = fact["high" if high else "moderate"]["number"]
    return number, f"care after a discharge {days} days ago, decision making {visit.level}", said.mention


def _days(record: Record) -> int | None:
    said = told(record, _DAYS, sure=False)
    if said is None:
        return None
    word = next(group for group in said.match.groups() if group).lower()
    return int(word) if word.isdigit() else _WORDS[word]


def _wellness(record: Record) -> Visit | None:
    """Return a wellness visit of Medicare: the welcome visit, the first or a later annual one."""
    fact = record.books.parameters.get("visits.wellness")
    welcome, annual = told(record, _WELCOME, sure=False), told(record, _WELLNESS, sure=False)
    said = welcome or annual
    if fact is None or said is None:
        return None
    if not (welcome or record.case.chart.encounter.medicare or _MEDICARE.search(said.match.string)):
        return None
    which = "welcome" if welcome else "first" if (said.match[1] or "").lower() in ("initial", "first") else "later"
    return _service(record, PREVENTIVE, fact[which], said.mention, f"a wellness visit of Medicare, {which}")


def _newborn(record: Record) -> Visit | None:
    """Return a day of a normal newborn in the hospital of birth."""
    fact = record.books.parameters.get("visits.newborn")
    age, setting = record.case.chart.patient.age, record.case.chart.encounter.setting
    if fact is None or age not in (0, None) or setting == OUTPATIENT:
        return None
    said, nursery = told(record, _NEWBORN, sure=False), told(record, _NURSERY, sure=False)
    if said is None or nursery is None or told(record, _INTENSIVE, sure=False):
        return None
    later = any(_LATER.search(d.text) for d in record.documents)
    which = "same_day" if same_day(record) else "later" if later else "first"
    return _service(record, NEWBORN, fact[which], said.mention, f"a normal newborn in the hospital, {which} day")


def _remote(record: Record) -> Visit | None:
    """Return an online service or a brief talk from afar, by its minutes."""
    for service, of in ((ONLINE, _PORTAL), (CHECK_IN, _BRIEF)):
        said, fact = told(record, of, sure=False), record.books.parameters.get(f"visits.{service}")
        if said is None or fact is None or any(s.name == "physical exam" for d in record.documents for s in d.sections):
            continue
        minutes = max((int(m[1]) for d in record.documents for m in _MINUTES.finditer(d.text)), default=0)
        reached = [number for number, least in fact if minutes >= least]
        return _service(
            record, service, reached[-1] if reached else None, said.mention,
            f"{minutes} minutes" if minutes else "its minutes are not told: ask for them", minutes or None,
        )  # fmt: skip
    return None


def _service(
    record: Record, service: str, number: str | None, words: Mention, why: str, minutes: int | None = None
) -> Visit:
    """Return a service without a level, with its number where a book has it."""
    book = record.books.cpt if number and number[0].isdigit() else record.books.hcpcs
    known = number if number and book.valid(number) else None
    return Visit(
        NOT_APPLICABLE, known, evidence=(words,), service=service, minutes=minutes,
        title=book.title(known) if known else "", band=CHECK, reasons=(why,),
    )  # fmt: skip
