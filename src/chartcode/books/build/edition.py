"""Which edition of ICD-10-CM a file is, by what it holds, by what it says, by its name, and by what the user said.

What a file holds decides where it can: the list of reportable codes of every known edition has a sum that is known, so
last year's file under this year's name is found out, and a file that is cut short is no edition at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from chartcode.books.files import Unsuitable, Wish
from chartcode.books.parameters import Parameters
from chartcode.model.dates import fiscal_year

_RELEASE = re.compile(r"FY(20\d\d)(?:-(\d\d)-(\d\d))?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|FY-?(\d\d)(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<![a-z])(jan|apr|oct)(?:uary|il|ober)?(?![a-z])", re.IGNORECASE)
_BEGINS = {"jan": (1, 1), "apr": (4, 1), "oct": (10, 1)}
_SAY = "say which one it is with --release FY2026-10-01 or --year 2026"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: its name, its first day and the last day for which it speaks."""

    version: str
    first: date
    last: date


def sum_of(codes: Iterable[str]) -> str:
    """Return the sum by which a list of reportable codes is known."""
    return sha256("\n".join(sorted(code.replace(".", "") for code in codes)).encode()).hexdigest()


def named(version: str) -> Edition:
    """Return an edition by its name, ``FY2026-04-01``, or ``FY2026`` for that of 1 October.

    It speaks until the day before the next edition with other codes, at most until the end of the fiscal year.

    Raises:
        ValueError: it is no such name, or no such day.
    """
    found = _RELEASE.fullmatch(version)
    if found is None:
        raise ValueError(f"{version!r} names no edition of ICD-10-CM; write it like FY2026-10-01")
    year, month, day = int(found[1]), int(found[2] or 10), int(found[3] or 1)
    return beginning(date(year - (month >= 10), month, day))


def beginning(first: date) -> Edition:
    """Return the edition that begins on a day."""
    year = fiscal_year(first)
    end = date(year, 9, 30)
    known = _known()
    ours = known.get(first)
    others = (day for day, total in known.items() if ours and first < day <= end and total != ours)
    last = min(others, default=end + timedelta(days=1)) - timedelta(days=1)
    return Edition(f"FY{year}-{first:%m-%d}", first, last)


def recognised(name: str, wish: Wish, stated: int | None = None, codes: Iterable[str] | None = None) -> Edition:
    """Return the edition of a file.

    Args:
        name: the file's name with that of the zip that it came in, in which a year and a month may stand.
        wish: what the user said.
        stated: the fiscal year that the file states within.
        codes: the reportable codes that it holds, if it holds all of them.

    Raises:
        Unsuitable: it is another edition than the user or the file itself says, it does not hold the codes of the
            edition that it should be, or nothing says which one it is.
    """
    said = _said(name, wish, stated)
    if codes is None:
        if said is None:
            raise Unsuitable(f"{name} does not say of which year it is; {_SAY}")
        return said
    listed = tuple(codes)
    total, count = sum_of(listed), len(set(listed))
    holding = [beginning(day) for day, known in _known().items() if known == (count, total)]
    if not holding:
        if said is None:
            raise Unsuitable(f"{name} does not say of which year it is; {_SAY}")
        expected = _known().get(said.first)
        if expected or said.first < max(_known()):
            known = f"{expected[0]:,} codes" if expected else "a known edition"
            raise Unsuitable(
                f"{name} holds {count:,} reportable codes, which are not those of {said.version} ({known}): it is"
                " incomplete, altered or of another year; fetch it again from the publisher"
            )
        return said
    same = [edition for edition in holding if said is None or edition.version == said.version]
    same = same or [
        edition for edition in holding if not _precise(name, wish) and edition.version[:6] == said_year(said)
    ]
    if not same:
        are = " or ".join(edition.version for edition in holding)
        raise Unsuitable(f"{name} holds the codes of {are}, and not those of {said.version if said else 'another'}")
    return same[0]


def said_year(edition: Edition | None) -> str:
    """Return the fiscal year of an edition as its name begins, or ''."""
    return edition.version[:6] if edition else ""


def _said(name: str, wish: Wish, stated: int | None) -> Edition | None:
    """Return the edition that was said, checked against the year that the file states."""
    edition = None
    month, day = _BEGINS[found[1].lower()] if (found := _MONTH.search(name)) else (10, 1)
    years = [int(long) if long else 2000 + int(short) for long, short in _YEAR.findall(name)]
    year = wish.year or stated or (years[-1] if years else None)
    if wish.release:
        try:
            edition = named(wish.release)
        except ValueError as fault:
            raise Unsuitable(f"{name} cannot be installed as was said: {fault}") from None
        if "-" not in wish.release:  # a year alone: the month is that of the file's name
            year, edition = int(wish.release[2:]), None
    elif wish.first:
        edition = beginning(wish.first)
    if edition is None and year:
        edition = beginning(date(year - (month >= 10), month, day))
    if edition and stated and fiscal_year(edition.first) != stated:
        raise Unsuitable(f"{name} is of FY{stated} by its own words, and not of {edition.version}")
    return edition


def _precise(name: str, wish: Wish) -> bool:
    """Tell whether the month was said too, by the user or by the name."""
    return bool(wish.first or (wish.release and len(wish.release) > 6) or _MONTH.search(name))


def _known() -> dict[date, tuple[int, str]]:
    return {
        step["from"]: (step["value"]["count"], step["value"]["sha256"]) for step in Parameters.steps("icd10cm.codes")
    }
