"""Who the patient is: sex and age, where the note says them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from chartcode.collect.dates import born as date_of_birth
from chartcode.collect.places import Places, places, within
from chartcode.collect.words import Words
from chartcode.model.chart import Patient, Section

_FEMALE_NOUNS = "female|woman|lady|girl|girls|f|wf|bf|hf|rhf|lhf|housewife|widow|ladies"
_MALE_NOUNS = "male|man|gentleman|boy|m|wm|bm|hm|rhm|lhm|fellow|gentlemen"
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_NUMBERS = _NUMBER_WORDS.split()
_VALUE = {word: (n if n <= 20 else 20 + (n - 20) * 10) for n, word in enumerate(_NUMBERS)}
_UNITS = {"y": 365.25, "m": 30.44, "w": 7.0, "d": 1.0}

_TENS, _ONES, _SMALL = "|".join(_NUMBERS[20:]), "|".join(_NUMBERS[1:10]), "|".join(_NUMBERS[1:20])
_AGE = re.compile(
    rf"""(?<![\w./])
    (?:(?P<n>\d{{1,3}})(?:\s?-?\s?\d/\d|\.\d|\s?½|\+)?|(?P<word>(?:{_TENS})(?:[-\s](?:{_ONES}))?|{_SMALL}))
    [\s-]{{0,2}}
    (?:(?P<unit>years?|yrs?|months?|mos?|weeks?|wks?|days?)
       (?:[\s-]{{1,2}}(?:and\s)?\d{{1,2}}[\s-]{{1,2}}(?:months?|weeks?|days?))?[\s-]{{0,2}}(?:old|of\ age)
    |(?P<yo>y\.?\s?/?\s?o\.?|y\.o\.|yo|y-o))\b\.?
    (?P<after>[\s,]{{0,2}}(?:[\w'\u2019/-]+[\s,]{{1,2}}){{0,5}}?(?P<noun>{_FEMALE_NOUNS}|{_MALE_NOUNS})\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_LABELLED_AGE = re.compile(
    r"\bage:?[\s:,]{1,4}(?P<n>\d{1,3})\b(?!\s*(?:months?|weeks?|days?|/|-\d))(?:\s?(?:years?|y/?o|yrs?))?",
    re.IGNORECASE,
)
_AND_AGE = re.compile(
    rf"\b(?P<noun>{_FEMALE_NOUNS}|{_MALE_NOUNS})\s(?:and|who\sis|,|aged"
    rf"|of)\s?(?P<n>\d{{1,3}})\syears?(?:\sold|\sof\sage)?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\w./-])(?P<n>\d{1,3})\s?(?P<noun>[MF])\b(?![-./'\w])")
_LABELLED_SEX = re.compile(r"\b(?:sex|gender)[\s:,]{1,4}(?P<sex>female|male|f|m)\b", re.IGNORECASE)
_NEWBORN = re.compile(
    r"\b(?:newborn|neonate|day of life|\d{1,2}-week (?:premature|preterm)|preterm infant|(?:\d"
    r"|one)-(?:hour|minute)s?[- ]old)\b",
    re.IGNORECASE,
)
_BABY = re.compile(
    r"\b(?:this|the patient|patient|she|he|baby)\W+(?:\w+\W+){0,3}?(?:is|was|being)\s+(?:an?"
    r"|the)\s+(?:[\w-]+\s+){0,4}?(?:newborn|neonate|baby (?:boy|girl)|premature infant"
    r"|preterm infant)\b|^\W*(?:newborn|baby (?:boy|girl))",
    re.IGNORECASE,
)
_RELATIVE_BEFORE = re.compile(
    r"\b(?:at|from|until|by)\s*$|"
    r"\b(?:born|delivered|delivery|birth|baby|infant|product)\b[^.\n]{0,80}\bto (?:a|an|this)\s+(?:\w+\s+)?$|"
    r"\b(?:his|her|their|whose|mother|father|sister|brother|son|daughter"
    r"|wife|husband|sibling|grand\w+|aunt|uncle|age of|at age|at the age of|since|when (?:he|she) was"
    r"|children|kids)[^\w.\n]+(?:\w+[^\w.\n]+){0,2}$",
    re.IGNORECASE,
)
_BEFORE = 110
_RELATIVE_AFTER = re.compile(
    r"[\s,-]{1,2}(?:\w+\s){0,2}?(?:son|daughter|brother|sister|sibling|husband|wife|mother|father"
    r"|grandson|granddaughter|boyfriend|girlfriend)\b",
    re.IGNORECASE,
)

_SHE_WORDS = (
    "she her hers herself mrs ms miss gravida para menopausal postmenopausal hysterectomy obstetric "
    "cesarean uterine uterus ovarian menses menstrual lady woman female primigravida multigravida "
    "vaginal"
)
_SHE = frozenset(_SHE_WORDS.split())
_HE_WORDS = (
    "he his him himself mr prostate prostatic testicular testicle scrotum scrotal penis penile "
    "gentleman man male circumcision vasectomy psa"
)
_HE = frozenset(_HE_WORDS.split())
_PREGNANT = re.compile(
    r"\b(?:gravida|para \d|g\d{1,2}\s?p\d|intrauterine pregnancy|primigravida|multigravida|lmp"
    r"|weeks? (?:gestation|pregnant|estimated gestational)|cesarean|c-section)\b",
    re.IGNORECASE,
)


_RECORD = re.compile(
    r"\b(?:mrn|m\.r\.n\.|medical\s+record(?:\s+(?:number|no\.?|\#))?|mr\s?\#)[\s:#]{1,4}(?P<x>(?=[A-Za-z-]{0,4}\d)[\w-]{3,20})",
    re.IGNORECASE,
)
"""The record's number of the patient."""


def patient(text: str, of: Words, sections: Iterable[Section], day: date | None) -> Patient:
    """Return sex and age as the note says them; what it does not say is None.

    The first age that is the patient's counts; the family history is left out. ``age_days`` is given below one year. A
    date of birth with a day of service goes before an age in words.
    """
    family = places(sections, {"family history"})
    days, noun = _age(text, family)
    birth = date_of_birth(text)
    record = _RECORD.search(text)
    number = record["x"] if record else None
    if birth is not None and day is not None and 0 <= (day - birth).days < 125 * 366:
        years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        young = (day - birth).days if years < 1 else None
        return Patient(_sex(text, of, family, noun), years, birth, young, number)
    if days is None:
        days = 0.0 if _BABY.search(text, 0, 1500) else None
    age = None if days is None else int(days / _UNITS["y"] + 1e-6)
    small = None if days is None or age or age is None else int(days)
    return Patient(_sex(text, of, family, noun), age, birth, small, number)


def _age(text: str, family: Places) -> tuple[float | None, str]:
    """Return the patient's age in days, and the noun that follows it."""
    for match in _AGE.finditer(text):
        if within(family, match.start()):
            continue
        if _RELATIVE_BEFORE.search(text, max(0, match.start() - _BEFORE), match.start()):
            continue
        if match.group("noun") is None and _RELATIVE_AFTER.match(text, match.end(), match.end() + 40):
            continue
        n = int(match.group("n")) if match.group("n") else _spelled(match.group("word"))
        unit = (match.group("unit") or "y")[0].lower()
        if n > (120 if unit == "y" else 72 if unit == "m" else 150):
            continue
        return n * _UNITS[unit], (match.group("noun") or "").lower()
    for pattern in (_LABELLED_AGE, _AND_AGE, _SHORT):
        labelled = pattern.search(text)
        if labelled and int(labelled.group("n")) <= 120:
            noun = labelled.groupdict().get("noun") or ""
            return int(labelled.group("n")) * _UNITS["y"], noun.lower()
    return None, ""


def _spelled(words: str) -> int:
    """Return the number that one or two words spell."""
    return sum(_VALUE[word] for word in re.split(r"[-\s]", words.lower()) if word)


def _sex(text: str, of: Words, family: Places, noun: str) -> str | None:
    """Return the sex: as labelled, as the noun behind the age says, by obstetric facts, or by most pronouns."""
    labelled = _LABELLED_SEX.search(text)
    if labelled:
        return labelled.group("sex")[0].upper()
    if noun:
        return "F" if noun in _FEMALE_NOUNS.split("|") else "M"
    she = he = 0
    for word, start in zip(of.lower, of.starts, strict=True):
        if word in _SHE or word in _HE:
            if within(family, start):
                continue
            she += word in _SHE
            he += word in _HE
    if _PREGNANT.search(text):
        she += 2
    if she == he:
        return None
    return "F" if she > he else "M"
