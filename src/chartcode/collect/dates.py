"""The days of an encounter, from labelled dates only.

A date counts where a label says what it is ("DATE OF ADMISSION: 03/04/2026"). Dates in the story are left alone: they
are mostly of earlier events, and a wrong date would pick the wrong books. A date without a year is none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = _MONTH_NAMES.split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)

_DATE = rf"""(?:\[\*\*\s?)?(?:
    (?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})
    |(?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})[-/.](?P<y2>\d{{4}}|\d{{2}})
    |(?P<n3>{_MONTH})\s{{1,2}}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y3>\d{{4}})
    |(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<n4>{_MONTH}),?[\s-](?P<y4>\d{{4}})
    )(?![\d/])"""

_FIRST = (
    r"(?:date\ of\ admission|admission\ date|admit\ date|date\ admitted|admitted(?:\ on)?|admission"
    r"|date\ of\ arrival|arrival\ date)"
)
_LAST = (
    r"(?:date\ of\ discharge|discharge\ date|date\ discharged|discharged(?:\ on)?"
    r"|date\ of\ death|date\ of\ transfer)"
)
_SERVICE = r"""(?:(?:date\ of|start\ of)\ (?:service|visit|procedure|operation|surgery|exam(?:ination)?
|consult(?:ation)?|evaluation|encounter|study|test|birth\ of\ delivery|delivery|office\ visit|treatment
|follow-?up)
    |(?:service|visit|procedure|surgery|operation|exam|encounter|study|consultation|clinic|appointment
    |delivery)\ date|date\ (?:seen|performed|and\ time\ of\ (?:visit|service))|seen\ on|visit\ on|d\.?o\.?s
    |date)"""
_TO_DATE = r"""(?:\s{0,3}\([^)\n]{0,20}\))?
    (?:\s{0,3}[:=,-][\s,:*]{0,6}|(?<!\son)(?<!admission)(?<!admitted)(?<!discharged)\s{1,3})
    (?:(?:on|from|start|begin|sun|mon|tues|wednes|thurs|fri|satur)(?:day)?[:,]?\s{1,2})?"""
"""Between a label and its date: a colon or its like, which only a label that is plainly none of a sentence may lack."""

_LABELLED = re.compile(
    rf"\b(?=[acdeopsv])(?:(?P<first>{_FIRST})|(?P<last>{_LAST})|(?P<service>{_SERVICE})){_TO_DATE}{_DATE}",
    re.IGNORECASE | re.VERBOSE,
)
_THROUGH = re.compile(rf"[\s,]{{0,3}}(?:to|through|thru|until|-|\u2013)\s{{0,3}}{_DATE}", re.IGNORECASE | re.VERBOSE)
_ANY = re.compile(_DATE, re.IGNORECASE | re.VERBOSE)
_BORN = re.compile(
    rf"\b(?:d\.?o\.?b|date\ of\ birth|birth\s?date|born(?:\ on)?)\b[\s.:,]{{0,6}}{_DATE}", re.IGNORECASE | re.VERBOSE
)
_NOT_A_VISIT = re.compile(
    r"(?:dictat\w*|transcri\w*|last|previous|prior|next|follow-?up|lab\w*|birth|expiration|due|injury"
    r"|onset|signed|print\w*)\W{0,3}$",
    re.IGNORECASE,
)


class Days(NamedTuple):
    """The first and last day of an encounter, each None where no label says it."""

    first: date | None
    last: date | None


def encounter_days(text: str) -> Days:
    """Return the first and last day that the labels of a note say; a visit has one day, which is its first.

    An admission date goes before a date of service, a date of service before a bare ``DATE:``.
    """
    first = last = service = bare = through = None
    for match in _LABELLED.finditer(text):
        if _NOT_A_VISIT.search(text, max(0, match.start() - 15), match.start()):
            continue
        day = _day(match)
        if day is None:
            continue
        if match.group("first"):
            first = first or day
        elif match.group("last"):
            last = last or day
        elif match.group("service").lower() == "date":
            bare = bare or day
        elif service is None:
            service = day
        if last is None and not match.group("last"):
            span = _THROUGH.match(text, match.end())
            through = through or (_day(span) if span else None)
    begin = first or service or bare
    end = last or through
    if begin and end and end < begin:
        return Days(begin, None)
    return Days(begin, end)


def born(text: str) -> date | None:
    """Return the date of birth that a note states, if it states one."""
    match = _BORN.search(text)
    return _day(match) if match else None


def read_day(text: str) -> date | None:
    """Return the day that a string is, in any of the spellings above.

    >>> read_day("[**2019-3-4**]"), read_day("March 4, 2019"), read_day("03/04")
    (datetime.date(2019, 3, 4), datetime.date(2019, 3, 4), None)
    """
    match = _ANY.match(text.strip())
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    """Return the day of a match, or None if the calendar has no such day."""
    for year, month, day in (("y1", "m1", "d1"), ("y2", "m2", "d2"), ("y3", "n3", "d3"), ("y4", "n4", "d4")):
        if match.group(year):
            name = match.group(month)
            number = int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1
            y = int(match.group(year))
            # two digits: no encounter and hardly a patient is outside 1950-2049
            full = y if y > 99 else 1900 + y if y >= 50 else 2000 + y
            try:
                return date(full, number, int(match.group(day))) if 1900 <= full <= 2100 else None
            except ValueError:
                return None
    return None
