"""Present on admission, as far as the words say (Guidelines, Appendix I): Y, N, U, W, or 1 where a code is exempt.

What the provider says of a condition decides: "present on admission", "hospital-acquired", "developed on hospital day
3", "clinically undetermined". Of several words in one sentence the nearest counts. Where nothing is said, a condition
that the record names before or at the admission, a chronic one, and what has no later beginning was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcode.assign.circumstances import surroundings
from chartcode.assign.maternity import CHILDBIRTH, maternity
from chartcode.assign.settle.candidates import Candidate
from chartcode.books import Books
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED

YES, NO, UNKNOWN, UNDETERMINED, EXEMPT = "Y", "N", "U", "W", "1"

_ADMITTED = r"(?:admission|admit|arrival|presentation|the time of (?:the |this )?(?:admission|arrival|presentation))"
_LATER_DAY = r"(?:#\s?)?(?:[2-9]|\d\d|two|three|four|five|six|seven|eight|nine|ten|second|third|fourth|fifth)"
_SAID = (
    (UNDETERMINED, re.compile(rf"(?:clinically )?(?:un(?:able to (?:be )?|)determin\w+|(?:can ?not|could not) (?:be )?(?:clinically )?determin\w+)[^.;\n]{{0,60}}(?:present|{_ADMITTED}|poa)")),
    (UNKNOWN, re.compile(rf"(?:documentation (?:is |was )?insufficient|insufficient documentation|not documented|unknown|unclear) (?:to (?:tell|determine) )?(?:whether|if)[^.;\n]{{0,60}}(?:present|{_ADMITTED}|poa)")),
    (NO, re.compile(rf"not (?:\w+ ){{0,3}}(?:present|there|evident) (?:on|at|upon) {_ADMITTED}|\b(?:not|non)[- ]?poa\b|\bpoa\s?[:=-]?\s?(?:no?\b)"
                    rf"|hospital[- ](?:acquired|onset)|acquired (?:in|during|while in|while) (?:the |this |his |her )?hospital\w*|nosocomial|(?:onset|began|arose|occurred|started|developed) (?:after|since|following) (?:the |his |her )?admission"
                    rf"|(?:onset|began|arose|occurr(?:ed|ing)|started|developed|happened|sustained)[^.;\n]{{0,50}}\b(?:during|while|in|on|after)\b[^.;\n]{{0,30}}\b(?:hospital\w*|stay|inpatient|hospital day {_LATER_DAY}|post-?operative day \w+)"
                    rf"|(?:in|during|while in) the (?:hospital(?:ization)?|hospital stay)|\bduring (?:the|this|his|her) (?:hospitalization|hospital stay|stay|admission)|\binpatient fall\b"
                    rf"|(?:on )?(?:hospital|hosp\.?) day {_LATER_DAY}\b|\bhd\s?#?\s?[2-9]\b|after (?:his |her |the )?admission\b")),
    (YES, re.compile(rf"present (?:on|at|upon) {_ADMITTED}|\bpoa\b(?!\s?[:=-]?\s?no?\b)|(?<!after )(?<!since )(?<!following )\b(?:on|at|upon) {_ADMITTED}|prior to (?:his |her |this |the )?(?:admission|arrival|presentation)|before (?:his |her |the )?admission"
                     r"|admitted (?:with|for|because of|due to|to \w+ (?:with|for))|present(?:ed|s|ing) (?:to [\w\s]{0,40})?with|in the (?:emergency (?:department|room)|ed|er)\b|community[- ]acquired|hospital day (?:#\s?)?(?:1|one)\b|\bchronic\b|long[- ]?standing")),
)  # fmt: skip
_WEAKLY_LATER = re.compile(
    r"post-?\s?operative(?:ly)?\b|post-?\s?op\b|post-?\s?procedur\w+|\bdeveloped\b|\b(?:course|stay) (?:was |is )?complicated by|\bwent into\b|\bsubsequently\b|\bintra-?operative\w*"
)
"""What begins later where nothing else is said: in the course of the stay, or after its operation."""
_COURSE = frozenset(("hospital course", "complications", "discharge diagnosis", "final diagnosis", "secondary diagnoses", "assessment", "assessment and plan", "impression", "postoperative diagnosis", "diagnosis"))  # fmt: skip
_BEFORE = frozenset(
    ("history of present illness", "chief complaint", "reason for visit", "reason for consultation", "admission diagnosis", "preoperative diagnosis",
     "past medical history", "past surgical history", "emergency department course", "indications", "problem list")
)  # fmt: skip
_EXEMPT = ("Z", "V", "W", "X", "Y", "O80", "I25.2", "B90", "B91", "B94", "E64", "I69")
_CHRONIC = ("E0", "E10", "E11", "E13", "I10", "I11", "I12", "I13", "I25", "C", "F0", "F1", "F2", "F3", "F4", "F7", "F8", "F9", "G1", "G2", "G3", "G4", "J44", "J45", "M05", "M06", "M1", "M8", "N18", "N40", "Q")  # fmt: skip
_ACUTE = ("F05", "F10.13", "F10.23", "F10.93", "F43.0", "G92", "G93", "M79", "G45")
_OF_LABOR = ("O61", "O62", "O63", "O66.0", "O66.5", "O67", "O70", "O71", "O72", "O73", "O75.0", "O75.1", "O75.2", "O75.3", "O75.4", "O76", "O77.8", "O77.9", "O85", "O86", "O87", "O90")  # fmt: skip
"""What begins in labor, at delivery or after it: not there when the patient was admitted to give birth."""


class Presence(NamedTuple):
    """An indicator, and the words of the record that decide it, empty where none do."""

    indicator: str
    words: str = ""


def present_on_admission(candidate: Candidate, case: Case, books: Books) -> Presence | None:
    """Return the indicator of an inpatient diagnosis with the words that tell it, None elsewhere.

    What is exempt is CMS's list of the fiscal year where it is installed, else what is exempt by its category.
    """
    if not case.inpatient:
        return None
    code = candidate.code
    if books.poa.exempt(code) if books.poa is not None else code.startswith(_EXEMPT):
        return Presence(EXEMPT)
    said = list(_said(candidate, case))
    for indicator in (UNDETERMINED, UNKNOWN):
        for found in said:
            if found.indicator == indicator:
                return found
    there = next((s for s in said if s.indicator == YES), None)
    later = next((s for s in said if s.indicator == NO), None)
    if later and not there:
        return later
    if there or (code.startswith(_CHRONIC) and not code.startswith(_ACUTE)) or _before(candidate):
        return there or Presence(YES)
    mother = maternity(case.chart) if code[0] == "O" else None
    if mother and mother.stage == CHILDBIRTH and code.startswith(_OF_LABOR):
        return Presence(NO)
    return next(_weakly(candidate, case), Presence(YES))


def _meant(candidate: Candidate) -> list[Mention]:
    return candidate.asserted(AFFIRMED) or candidate.mentions


def _before(candidate: Candidate) -> bool:
    """Tell whether a part of the record about the time up to the admission names it."""
    return any(m.section in _BEFORE for m in candidate.asserted(AFFIRMED))


def _said(candidate: Candidate, case: Case) -> Iterator[Presence]:
    """Yield what the sentence of each mention says of the admission: of several words the nearest."""
    for mention in _meant(candidate):
        near = []
        first, last, text = _sentence(mention, case)
        for rank, (indicator, pattern) in enumerate(_SAID):
            for match in pattern.finditer(text, first, last):
                gap = max(match.start() - mention.span.end, mention.span.start - match.end(), 0)
                near.append((gap, rank, indicator, match))
        if near:
            # What says that it cannot be told, or was not there, holds the shorter words within it too.
            whole = [n for n in near if not any(_within(n[3], o[3]) for o in near if o[1] < n[1])]
            _, _, indicator, match = min(whole, key=lambda n: n[:2])
            yield Presence(indicator, match[0])


def _within(inner: re.Match[str], outer: re.Match[str]) -> bool:
    return outer.start() <= inner.start() and inner.end() <= outer.end()


def _weakly(candidate: Candidate, case: Case) -> Iterator[Presence]:
    """Yield what words of the course or of an operation say, where they stand before or in the mention."""
    for mention in _meant(candidate):
        if mention.section in _COURSE or not mention.section:
            first, last, text = _sentence(mention, case)
            match = _WEAKLY_LATER.search(text, first, last)
            if match:
                yield Presence(NO, match[0])


def _sentence(mention: Mention, case: Case) -> tuple[int, int, str]:
    document = case.chart.document(mention.span.document)
    context = surroundings(document).context
    first, last = context.near(mention.span.start)
    if document.text[last - 1 : last] == ";":  # "thrombosis; it is undetermined whether ..." goes on about it
        last = context.near(last)[1] if last < len(context.small) else last
    return first, last, context.small
