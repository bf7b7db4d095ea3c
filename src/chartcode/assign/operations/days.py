"""The day of a procedure, as the claim asks for it: a day that its sentence names and that lies in the stay.

Services of the three days before admission are billed with the stay (42 CFR 412.2(c)(5)), so those days count too.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from chartcode.assign.operations.reading import Found
from chartcode.model.chart import Encounter

WINDOW = timedelta(days=3)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    rf"\b(?:(?P<month>\d{{1,2}})[/-](?P<day>\d{{1,2}})(?:[/-](?P<year>\d{{4}}|\d{{2}}))?(?![\d/-])"
    rf"|(?P<name>{'|'.join(_MONTHS)})[a-z]*\.? (?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<written>\d{{4}}))?\b"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))",
    re.IGNORECASE,
)


def day_of(found: Found, stay: Encounter) -> date | None:
    """Return the day that a procedure's sentence names, the nearest to its words; None if none lies in the stay."""
    if stay.first is None:
        return None
    last = stay.last or stay.first
    start, end = found.mention.span.start - found.sentence[0], found.mention.span.end - found.sentence[0]
    named = [
        (min(abs(match.start() - end), abs(start - match.end())), day)
        for match in _DAY.finditer(found.text)
        for day in _read(match, stay.first, last)
        if stay.first - WINDOW <= day <= last
    ]
    return min(named)[1] if named else None


def _read(match: re.Match[str], first: date, last: date) -> list[date]:
    """Return the days that a written day may mean: without a year, that of the admission or of the discharge."""
    if match["iso"]:
        parts = [match["iso"].split("-")]
    else:
        month = match["month"] or str(_MONTHS.index(match["name"].lower()) + 1)
        year = match["year"] or match["written"]
        years = [year if len(year) == 4 else f"20{year}"] if year else sorted({str(first.year), str(last.year)})
        parts = [[y, month, match["day"] or match["number"]] for y in years]
    found = []
    for y, m, d in parts:
        try:
            found.append(date(int(y), int(m), int(d)))
        except ValueError:
            continue
    return found
