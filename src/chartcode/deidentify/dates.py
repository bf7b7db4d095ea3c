"""Dates moved by a number of days, in the form in which they stand; ages over 89 as one class.

Safe Harbor (C): every element of a date but the year, and every age over 89. Moving all dates of one patient by the
same number of days keeps what lies between them. A date that cannot be read is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from chartcode.deidentify.findings import AGE, DATE, Finding

OLDEST = 89

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"""(?<![\w./-])(?:
    (?P<iso>(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}}))
    |(?P<us>(?P<m2>\d{{1,2}})(?P<s2>[-/.])(?P<d2>\d{{1,2}})(?P=s2)(?P<y2>(?:19|20)\d\d|\d\d))
    |(?P<compact>(?P<y3>(?:19|20)\d\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01]))
    |(?P<named>(?P<n4>{_MONTH})(?P<p4>\.?)\s{{1,2}}(?P<d4>\d{{1,2}})(?P<o4>st|nd|rd|th)?(?P<c4>,?\s{{1,2}})(?P<y4>(?:19|20)\d\d))
    |(?P<day>(?P<d5>\d{{1,2}})(?P<o5>st|nd|rd|th)?(?P<s5>[\s-](?:of\s)?)(?P<n5>{_MONTH})(?P<p5>\.?,?[\s-])(?P<y5>(?:19|20)\d\d|\d\d(?!\d)))
    |(?P<noyear>(?P<n6>{_MONTH})\.?\s{{1,2}}(?P<d6>\d{{1,2}})(?P<o6>st|nd|rd|th)?(?!\s?(?:mg|years?|/|\d)))
    |(?P<month>(?P<n7>{_MONTH})(?P<p7>\.?,?\s(?:of\s)?)(?P<y7>(?:19|20)\d\d))
    |(?P<dayonly>(?P<d9>\d{{1,2}})(?P<o9>st|nd|rd|th)?(?P<s9>\s(?:of\s)?)(?P<n9>{_MONTH})\b(?!\.?\s(?:be|have|not|need)\b))
    |(?P<slashed>(?P<m8>0?[1-9]|1[0-2])/(?P<y8>(?:19|20)\d\d))
    )(?!(?!T\d)[\w/]|-\d|\.\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = re.compile(
    r"\b(?:on|since|until|till|from|to|by|dated?|of|through|thru|and|starting|ending|d\.?o\.?s\.?|seen|between|before|after)[\s:]{1,3}"
    r"(?P<x>(?P<m>0?[1-9]|1[0-2])(?P<s>[/-])(?P<d>0?[1-9]|[12]\d|3[01]))(?![\d/%-]|\.\d|\s?(?:strength|pain|scale|mg|out|of|tablet|lb|inch))",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\b(?:in|since|last|this|next|until|by|early|late|mid|of|during|through)[\s-]{{1,2}}(?:early\s|late\s|mid-?)?"
    rf"(?P<x>{_MONTH})\b(?!-|\s?(?:\d|be\b|have\b|need\b|not\b|also\b))",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"\b(?:christmas(?:\s+(?:eve|day))?|thanksgiving|easter(?:\s+sunday)?|halloween|new\s+year'?s?(?:\s+(?:eve|day))|labor\s+day"
    r"|memorial\s+day|independence\s+day|fourth\s+of\s+july|4th\s+of\s+july|valentine'?s\s+day|mother'?s\s+day|father'?s\s+day)\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"(?<![\w./-])(?P<x>(?:9\d|1[0-2]\d))(?=[\s-]{0,2}(?:years?|yrs?|y\.?/?o\b|y/o|yo\b|y\.o\.)(?:[\s-]{0,2}(?:old|of\s+age|o\b))?"
    r"|\s?[MF]\s(?:with|who|w/|presents|here|s/p|admitted|found|brought))"
    r"|\b(?:age[ds]?(?:\s+is)?|aged|age\s+of|turned|(?:s?he|patient|pt|resident)\s+(?:is|was)(?:\s+now)?)[\s:]{1,3}"
    r"(?P<z>9\d|1[0-2]\d)(?=\s*(?:[.,;)](?:\s|$)|\n|years?|y/?o|$)|\s{2,})",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"\b(?P<x>ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:one|a)\s+hundred(?:\s+and)?(?:\s\w+)?)"
    r"(?=[\s-]years?[\s-](?:old|of\s+age))",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"(?:d\.?o\.?b\.?|birth(?:\s?date|day)?|born(?:\s+on|\s+in)?)[\s:.]{0,4}$", re.IGNORECASE)
_BIRTH_YEAR = re.compile(r"\b(?:born\s+in|birth\s+year)[\s:]{1,3}(?P<x>(?:18|19|20)\d\d)\b", re.IGNORECASE)


def moved(day: date, shift: int) -> date:
    """Return a day moved by some days, within what a calendar can hold."""
    return day + timedelta(days=shift)


def dates(text: str, shift: int, year: int | None, *, old: bool) -> Iterator[Finding]:
    """Yield the dates of a text, each with its moved form.

    Args:
        text: the document.
        shift: by how many days they move.
        year: of a date that has none.
        old: the patient is over 89, so a year of birth would tell the age.
    """
    for match in _DATE.finditer(text):
        if match["n9"] and not match["n9"][0].isupper():
            continue  # "2 may be enough"
        born = _BIRTH.search(text, max(0, match.start() - 24), match.start()) is not None
        instead = "[DATE]" if old and born else _form(match, shift, year)
        yield Finding(match.start(), match.end(), DATE, instead)
    for match in _SHORT.finditer(text):
        day = _day(year, match["m"], match["d"])
        if day:
            new = moved(day, shift)
            wide = "02" if match["m"].startswith("0") else ""
            yield Finding(*match.span("x"), DATE, f"{new.month:{wide}}{match['s']}{new.day:{wide}}")
    for match in _ALONE.finditer(text):
        if match["x"][0].isupper():
            middle = _day(year, str(_NUMBER[match["x"][:3].lower()]), "15")
            yield Finding(*match.span("x"), DATE, _MONTHS[moved(middle, shift).month - 1] if middle else "[DATE]")
    for match in _FEAST.finditer(text):
        yield Finding(*match.span(), DATE, "[DATE]")
    for match in _BIRTH_YEAR.finditer(text) if old else ():
        yield Finding(*match.span("x"), DATE, "[DATE]")


def ages(text: str) -> Iterator[Finding]:
    """Yield the ages over 89."""
    for match in _OLD.finditer(text):
        group = "x" if match["x"] else "z"
        yield Finding(*match.span(group), AGE, "90+")
    for match in _SPELLED.finditer(text):
        if match["x"].lower() != "ninety":
            yield Finding(*match.span("x"), AGE, "90+")


def _day(year: int | str | None, month: str, day: str) -> date | None:
    """Return a day, or None if the calendar has none; a leap year stands in for no year."""
    number = 2000 if year is None else int(year)
    if number < 100:
        number += 1900 if number >= 50 else 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _form(match: re.Match[str], shift: int, year: int | None) -> str:
    """Return a date moved, in the form in which it was written."""
    kind = next(kind for kind in _FORMS if match[kind])
    names = _FORMS[kind]
    month = str(_NUMBER[match[names[1]][:3].lower()]) if names[1].startswith("n") else match[names[1]]
    day = _day(match[names[0]] if names[0] else year, month, match[names[2]] if names[2] else "15")
    if day is None:
        return "[DATE]"
    new = moved(day, shift)
    name = _named(new.month, match[names[1]])
    if kind == "iso":
        s = match["s1"]
        return f"{new.year}{s}{new.month:{_wide(match['m1'])}}{s}{new.day:{_wide(match['d1'])}}"
    if kind == "us":
        s, y = match["s2"], f"{new.year}" if len(match["y2"]) == 4 else f"{new.year % 100:02}"
        return f"{new.month:{_wide(match['m2'])}}{s}{new.day:{_wide(match['d2'])}}{s}{y}"
    if kind == "compact":
        return f"{new:%Y%m%d}"
    if kind == "named":
        return f"{name}{match['p4']} {new.day}{_ordinal(new.day, match['o4'])}{match['c4']}{new.year}"
    if kind == "day":
        y = f"{new.year}" if len(match["y5"]) == 4 else f"{new.year % 100:02}"
        return f"{new.day}{_ordinal(new.day, match['o5'])}{match['s5']}{name}{match['p5']}{y}"
    if kind == "dayonly":
        return f"{new.day}{_ordinal(new.day, match['o9'])}{match['s9']}{name}"
    if kind == "noyear":
        return f"{name} {new.day}{_ordinal(new.day, match['o6'])}"
    return f"{name}{match['p7']}{new.year}" if kind == "month" else f"{new.month:{_wide(match['m8'])}}/{new.year}"


_FORMS = {
    "iso": ("y1", "m1", "d1"),
    "us": ("y2", "m2", "d2"),
    "compact": ("y3", "m3", "d3"),
    "named": ("y4", "n4", "d4"),
    "day": ("y5", "n5", "d5"),
    "noyear": ("", "n6", "d6"),
    "dayonly": ("", "n9", "d9"),
    "month": ("y7", "n7", ""),
    "slashed": ("y8", "m8", ""),
}
"""The groups of year, month and day of each form."""


def _wide(digits: str) -> str:
    return "02" if len(digits) == 2 else ""


def _named(month: int, like: str) -> str:
    """Return a month's name as long and as large as the one that stood there."""
    name = _MONTHS[month - 1] if len(like) > 4 or like.lower() in ("may", "june", "july") else _MONTHS[month - 1][:3]
    return name.upper() if like.isupper() else name.lower() if like.islower() else name


def _ordinal(day: int, like: str | None) -> str:
    if not like:
        return ""
    return "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
