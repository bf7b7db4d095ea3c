"""Which services a part of a record may tell: a title names any, the body of an operation only what goes beside it.

A test that a visit's note cites was mostly done elsewhere and read by somebody else: only what was done here and now is
a service of the visit.
"""

from __future__ import annotations

import re
from functools import lru_cache

from chartcode.assign.services.passages import BODY, IMAGING, OTHER, REPORT, TITLE, Passage, Reading
from chartcode.books.starter import Entry

_EMERGENCY = "ed note"
_HERE = re.compile(
    r"\b(?:today|in (?:the|our|my) (?:office|clinic)|(?:we|i) (?:did|got|get|obtained|performed|took|gave|repeated)|did get|here in|at this visit|this visit|in[- ]office)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:in (?:the|our|my) (?:office|clinic)|in[- ]office|(?:we|i) (?:did|performed|took|obtained)|interpreted by (?:me|myself)|(?:my|own) interpretation)\b",
    re.IGNORECASE,
)
"""What a clinic says of a study by large machines where it made it itself: "today" may have been anywhere."""
_MACHINES = ((75557, 75574), (77046, 77049), (78000, 78999), (93880, 93990))
_DATED = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\bon (?:\d{1,2}/\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d)", re.IGNORECASE)  # fmt: skip
_TOLD_BEFORE = frozenset(("history of present illness", "subjective", "chief complaint", "reason for visit"))

_SCOPES = (
    (29805, 29828), (29830, 29838), (29840, 29848), (29860, 29863), (29866, 29889), (29891, 29899), (31231, 31298),
    (31505, 31579), (31622, 31661), (43180, 43259), (43260, 43278), (44360, 44379), (45300, 45398), (46600, 46615),
    (52000, 52356), (57452, 57461), (58555, 58565), (76801, 76828), (92537, 92588), (92610, 92617), (94010, 94799), (95860, 95913),
)  # fmt: skip
"""Endoscopies, and tests of several parts, by kind: the title says "colonoscopy", the body what was done through it."""

_STRESS = ((78451, 78454), (93015, 93018), (93350, 93352))
"""The parts of one stress study: its tracings, the heart's pictures by nuclear medicine or by ultrasound."""

_BESIDE = ((20930, 20938), (22840, 22859), (38900, 38900), (77001, 77003), (99151, 99153), (93320, 93325), (92978, 92978), (20700, 20704), (61781, 61783), (69990, 69990))  # fmt: skip
"""Services that titles leave out: grafts, instruments, guidance, sedation, the microscope."""

_AT_VISITS = (
    (10060, 10180), (11000, 11105), (11200, 11201), (11300, 11313), (11719, 11765), (11900, 11901), (11976, 11983),
    (16000, 16030), (17000, 17286), (20526, 20615), (29058, 29590), (30300, 30300), (30901, 30905), (31231, 31231),
    (31500, 31500), (31575, 31579), (36415, 36416), (36430, 36430), (36555, 36600), (36680, 36680), (40800, 40800), (42700, 42700),
    (46050, 46083), (46320, 46320), (46600, 46600), (51701, 51705), (51798, 51798), (54150, 54150), (56405, 56420),
    (57150, 57170), (57452, 57511), (58100, 58100), (58300, 58301), (59025, 59025), (59409, 59409), (62270, 62273),
    (64400, 64455), (64612, 64616), (65205, 65222), (67800, 67820), (69000, 69000), (69200, 69210), (10120, 10121),
    (10140, 10140), (24640, 24640), (23650, 23650), (26770, 26770), (70010, 76999), (77080, 77080), (81000, 81003), (81025, 81025),
    (82044, 82044), (82270, 82272), (82962, 82962), (83036, 83036), (85018, 85018), (86308, 86308), (86580, 86580),
    (87804, 87880), (87210, 87220), (90375, 90756), (91318, 91322), (90791, 90870), (90935, 90945), (92002, 92700),
    (93000, 93350), (93880, 93990), (94010, 94729), (95004, 95251), (95812, 96137), (97010, 97814), (98925, 98943),
    (99173, 99195), (92950, 92960), (27096, 27096), (28190, 28190), (32551, 32555), (49082, 49083), (96401, 96450),
    (96900, 96920),
)  # fmt: skip
"""Services that are done at visits and written in their notes."""

_TESTS = (
    (70010, 79999),
    (88000, 88400),
    (91010, 91200),
    (92081, 92700),
    (93000, 96020),
    (80047, 87999),
    (36415, 36416),
    (92920, 92979),
)
_LABORATORY = (
    (80047, 89398), (94010, 97814), (70010, 76999), (93000, 93308), (93320, 93350), (36400, 36410), (36600, 36620),
    (51700, 51705), (31500, 31500), (64400, 64455),
)  # fmt: skip
"""What the body of an operation mentions and nobody bills for it."""
_ALONG = ((32551, 32557), (36555, 36558), (90832, 90853))
"""Lines, drains and talks that belong to an operation whose title does not name them."""


def admitted(entry: Entry, passage: Passage, reading: Reading, size: int) -> bool:
    """Tell whether a sentence's zone may tell of a service that ``size`` of its terms name."""
    if not entry.code.isdigit():
        before = passage.section in _TOLD_BEFORE and not _HERE.search(passage.text)
        return passage.zone not in (TITLE, BODY) and reading.kind == OTHER and passage.done and not before
    kind, beside, visit, test, taken = _class(entry.code)
    if passage.zone == TITLE:
        return size > 1 or test if reading.kind == IMAGING else not _laboratory(entry.code) or reading.kind == OTHER
    if passage.zone == BODY:
        if reading.titled:
            return beside or kind in reading.scopes
        enough = size > (2 if reading.named else 1) and not (reading.named and _within(entry.code, _ALONG))
        return beside or (enough and not taken and passage.section != "indications")
    if passage.zone == REPORT:
        if test:
            if entry.code < _TISSUE and _laboratory(entry.code):
                return False
            return kind in reading.scopes or (size > 1 and not reading.titled)
        return size > 1 and (passage.done or _timed(entry, passage))
    if not visit or reading.kind != OTHER or not (passage.done or _timed(entry, passage)):
        return False
    if passage.section in _TOLD_BEFORE and not _HERE.search(passage.text):
        return False
    if not test or (_THERE if _elsewhere(entry) else _HERE).search(passage.text):
        return True
    return reading.document.kind == _EMERGENCY and _DATED.search(passage.text) is None


def _elsewhere(entry: Entry) -> bool:
    """Tell whether a study needs a large machine, which few clinics have: CT, MR, nuclear medicine, duplex."""
    return entry.title.startswith(("CT ", "MRI ", "MR ", "PET ")) or _within(entry.code, _MACHINES)


def _timed(entry: Entry, passage: Passage) -> bool:
    """Tell whether a sentence gives the minutes of a therapy: what took time was done."""
    return bool(entry.marks & {"therapy", "time"}) and _MINUTES.search(passage.text) is not None


_MINUTES = re.compile(r"\b\d{1,3}\s*-?\s*(?:minutes?|mins?)\b", re.IGNORECASE)


def scope(code: str) -> int:
    """Return the kind of endoscopy or test that a number is of, from 1, or 0 if it is none."""
    if not code.isdigit():
        return 0
    if _within(code, _STRESS):
        return len(_SCOPES) + 1
    return next((n for n, (a, b) in enumerate(_SCOPES, 1) if a <= int(code) <= b), 0)


_TISSUE = "88000"
"""Numbers of the laboratory below it are of blood and urine, of which no report is read here."""


def _laboratory(code: str) -> bool:
    return code.startswith("8") and len(code) == 5


def _within(code: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(a <= int(code) <= b for a, b in ranges)


@lru_cache(maxsize=8_192)
def _class(code: str) -> tuple[int, bool, bool, bool, bool]:
    """Return a number's kind of endoscopy, and whether it goes beside, is done at visits, is a test, or taken along."""
    return (
        scope(code),
        _within(code, _BESIDE),
        _within(code, _AT_VISITS),
        _within(code, _TESTS),
        _within(code, _LABORATORY),
    )
