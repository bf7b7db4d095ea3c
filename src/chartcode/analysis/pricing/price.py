"""The lines of a store priced: the user's list first, then the practice file, then what is installed.

Each code is looked up once for each set of modifiers, quarter, place and (where a list has payers) payer, and the
answers are joined to the lines in one question: a million cases cost no more look-ups than their codes are many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from chartcode.analysis.pricing.fees import Fee, Fees
from chartcode.analysis.pricing.questions import EXPECTED, HOSPITAL, LINES
from chartcode.analysis.pricing.schedule import Installed
from chartcode.analysis.pricing.tables import PRICED
from chartcode.report.claims.practice import Practice as PracticeFile
from chartcode.report.claims.revenue import WORDS
from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

_INSIDE = "('inpatient', 'ed')"
"""Settings whose services are given in a facility: those that ``chartcode claim`` bills as the hospital's."""
_PRICES = (
    Column("code", "text", "as in lines"), Column("modifiers", "text", "as in lines"),
    Column("quarter", "day", "its first day"),
    Column("inside", "yes", "of a facility"), Column("payer", "text", "where a list has payers"),
    Column("charge", "number", "of one unit"), Column("revenue", "text", "revenue code"),
    Column("allowed", "number", "of one unit"), Column("work_rvu", "number", "of one unit"),
    Column("total_rvu", "number", "of one unit"), Column("charged_by", "text", "the list"),
    Column("allowed_by", "text", "the list"),
)  # fmt: skip
_INSTALL = "name a list with --fees FILE or --practice FILE, or 'chartcode books install pfs'"
_WORDS = (Column("prefix", "text", "first three digits"), Column("what", "text", "our own words"))
_ROOMS = (Column("case_id", "text", ""), Column("revenue", "text", ""), Column("units", "number", ""),
          Column("charge", "number", ""), Column("source", "text", ""))  # fmt: skip


@dataclass
class Lists:
    """What there is to price by: a list of the user's own, the practice file, the folder of installed books."""

    fees: Fees | None = None
    file: PracticeFile | None = None
    books: Installed | None = None
    _own: Fees | None = field(default=None, repr=False)

    @property
    def any(self) -> bool:
        """Whether there is anything to price by."""
        return bool(self.fees or self.books or (self.file and (self.file.fees or self.file.stay)))

    def charging(self, day: date) -> Iterator[Fees]:
        """Yield the lists that have charges, the first to be asked first."""
        if self.fees:
            yield self.fees
        if self.file and (self.file.fees or self.file.stay):
            if self._own is None:
                self._own = _of_file(self.file)
            yield self._own
        if self.books and (found := self.books.charges(day)):
            yield found


def _of_file(file: PracticeFile) -> Fees:
    found = Fees("practice file")
    for key, charge in file.fees.items():
        code, _, modifier = key.partition("-")
        found.add(Fee(code, modifier, charge=float(charge)))
    if file.stay:
        found.add(Fee("", revenue=file.stay[0], charge=float(file.stay[1])))
    return found


def price(practice: Practice, lists: Lists) -> None:
    """Make the tables of pricing; say what is lacking, and which codes no list prices."""
    if lists.fees:
        practice.notes += lists.fees.notes
    if not lists.any and not practice.count("SELECT count(*) FROM billed"):
        for need in ("prices", "charges", "expected amounts", "relative values", "hospital charges"):
            practice.lacks[need] = f"no fee schedule was given and none is installed; {_INSTALL}"
        for name, columns in PRICED.items():
            practice.table(name, columns)
        return
    payers = bool(lists.fees and lists.fees.payers)
    who = "coalesce(c.payer, '')" if payers else "''"
    quarter = "coalesce(date_trunc('quarter', coalesce(l.\"on\", c.day)), DATE '1900-01-01')"
    keys = f"l.code, coalesce(l.modifiers, ''), CAST({quarter} AS DATE), coalesce(c.setting, '') IN {_INSIDE}, {who}"
    sent = keys.replace("l.code", "b.code").replace("l.modifiers", "b.modifiers").replace('l."on", ', "")
    _, asked = practice.ask(
        f"SELECT DISTINCT {keys} FROM lines l JOIN cases c USING (case_id) WHERE l.system IN ('CPT', 'HCPCS')"  # noqa: S608 - names of our own
        f" UNION SELECT DISTINCT {sent} FROM billed b JOIN cases c USING (case_id) WHERE b.code IS NOT NULL"
    )
    found = [row for key in asked if (row := _priced(lists, *key))]
    practice.table("prices", _PRICES, found)
    practice.table("revenue_words", _WORDS, WORDS.items())
    _rooms(practice, lists)
    nothing = not found and not practice.count("SELECT count(*) FROM rooms")
    practice.make("priced", LINES.format(keys=keys, who=who, quarter=quarter, inside=_INSIDE))
    practice.make("expected", EXPECTED.format(who=who, inside=_INSIDE))
    practice.make("hospital_lines", HOSPITAL.format(inside=_INSIDE))
    _tell(practice, lists, asked, found, nothing=nothing)


def _tell(
    practice: Practice,
    lists: Lists,
    asked: Sequence[tuple[object, ...]],
    found: Sequence[tuple[object, ...]],
    *,
    nothing: bool,
) -> None:
    """Say which prices are lacking, as notes and for the measures that need them."""
    places = {column.name: at for at, column in enumerate(_PRICES)}
    has = {name for name in ("charge", "allowed", "total_rvu") if any(row[places[name]] is not None for row in found)}
    if nothing:
        practice.lacks["prices"] = f"no fee schedule prices a line; {_INSTALL}"
    if "charge" not in has:
        practice.lacks["charges"] = "no list with charges was given; name one with --fees FILE or --practice FILE"
    if "allowed" not in has:
        practice.lacks["expected amounts"] = f"no fee schedule says what is allowed; {_INSTALL}"
    if "total_rvu" not in has:
        practice.lacks["relative values"] = f"no fee schedule of the period has relative values; {_INSTALL}"
    if not practice.count("SELECT count(*) FROM hospital_lines"):
        practice.lacks["hospital charges"] = (
            f"no charge of a hospital account is known: {_INSTALL}, or claims with --remit"
        )
    if not nothing and asked:
        unpriced = "FROM priced WHERE coalesce(charge, allowed, total_rvu) IS NULL"
        lines, codes = (practice.count(f"SELECT count({what}) {unpriced}") for what in ("*", "DISTINCT code"))
        if lines:
            left = "charges and expected amounts leave them out (see Billing)"
            practice.notes.append(f"No list prices {lines:,} lines of {codes:,} codes: {left}.")
    if lists.books and lists.books.schedule and "total_rvu" not in has and not lists.fees:
        practice.notes.append("A fee schedule is installed, but of no day of these cases, or of none of their codes.")


def _priced(
    lists: Lists, code: str, modifiers: str, quarter: date, inside: bool, payer: str
) -> tuple[object, ...] | None:
    """Return the row of ``prices`` of a code, or None where no list has it."""
    several = tuple(modifiers.split())
    charge = charged_by = allowed = allowed_by = work = total = None
    revenue = lists.file.revenue_of(code) if lists.file else ""
    for one in lists.charging(quarter):
        for fee in one.find(code, several, payer):
            revenue = revenue or fee.revenue
            if charge is None and fee.charge is not None:
                charge, charged_by = fee.charge, one.name
            if allowed is None and fee.allowed is not None:
                allowed, allowed_by = fee.allowed, one.name
            work = fee.work_rvu if work is None else work
            total = fee.total_rvu if total is None else total
    worth = lists.books.worth(code, several, quarter, inside=inside) if lists.books else None
    if worth:
        work, total = worth.work if work is None else work, worth.total if total is None else total
        if allowed is None and worth.allowed is not None:
            allowed, allowed_by = worth.allowed, worth.release
    total = work if total is None else total
    if charge is None and allowed is None and total is None and not revenue:
        return None
    return (
        code,
        modifiers,
        quarter,
        inside,
        payer,
        charge,
        revenue or None,
        allowed,
        work,
        total,
        charged_by,
        allowed_by,
    )


def _rooms(practice: Practice, lists: Lists) -> None:
    """Make the table rooms: the days of stays, priced by the first list that has a room."""
    _, stays = practice.ask(
        "SELECT case_id, CAST(date_trunc('year', day) AS DATE), stay_days FROM cases"
        " WHERE stay_days IS NOT NULL AND day IS NOT NULL"
    )
    rooms = {year: _room(lists, year) for year in {row[1] for row in stays}}
    rows = [
        (case, room.revenue, float(days), days * (room.charge or 0), name)
        for case, year, days in stays
        for room, name in rooms[year]
    ]
    practice.table("rooms", _ROOMS, rows)


def _room(lists: Lists, year: date) -> list[tuple[Fee, str]]:
    found = ((room, of.name) for of in lists.charging(year) if (room := of.room()))
    return list(islice(found, 1))
