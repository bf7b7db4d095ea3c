"""A fee schedule or chargemaster of the user's own as a table: CSV, text or workbook, columns found by their headings.

``code`` or ``revenue`` says what a row is for; ``modifier``, ``payer``, ``charge``, ``allowed``, ``work_rvu`` and
``total_rvu`` may be there. A row of a payer speaks for that payer alone and goes before one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unsuitable
from chartcode.books.prices import ROOMS

_HEADINGS = {
    "code": r"\b(cpt|hcpcs)\b|^(cpt|hcpcs)|^(procedure|service|billing)[ _]?code$|^code$",
    "modifier": r"^mod",
    "payer": r"^(payer|payor|plan)",
    "revenue": r"^(ub-?04 )?rev",
    "charge": r"^(?!.*(code|desc|number)).*(charge|price|\bfee\b)|^amount$",
    "allowed": r"allow|expected|contract",
    "work_rvu": r"work",
    "total_rvu": r"total.*rvu|^rvu$",
}
_MONEY = re.compile(r"\$?\s*([\d,]+(?:\.\d+)?)")
_CODE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]")
_AMOUNTS = ("charge", "allowed", "work_rvu", "total_rvu")


class BadFees(ValueError):  # noqa: N818 - named as one would say it
    """A list of fees cannot be used; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Fee:
    """One row: amounts for one unit, None where the cell is empty."""

    code: str
    modifier: str = ""
    payer: str = ""
    revenue: str = ""
    charge: float | None = None
    allowed: float | None = None
    work_rvu: float | None = None
    total_rvu: float | None = None


@dataclass
class Fees:
    """A list of fees under a name; ``notes`` say which rows were left out."""

    name: str
    rows: list[Fee] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _by: dict[tuple[str, str, str], Fee] = field(default_factory=dict, repr=False)

    def add(self, fee: Fee) -> None:
        """Take in a row; of two for the same the first stands."""
        self.rows.append(fee)
        self._by.setdefault((fee.code, fee.modifier, fee.payer.casefold()), fee)

    @property
    def payers(self) -> bool:
        """Whether any row is of one payer."""
        return any(fee.payer for fee in self.rows)

    def find(self, code: str, modifiers: tuple[str, ...], payer: str = "") -> Iterator[Fee]:
        """Yield the rows that speak for a code, the one that fits best first: its payer's, with its modifier."""
        for who in dict.fromkeys((payer.casefold(), "")):
            for modifier in (*modifiers, ""):
                if fee := self._by.get((code, modifier, who)):
                    yield fee

    def room(self) -> Fee | None:
        """Return the price of a day in a room: of several the semi-private one (012x), else none can be chosen."""
        rooms = [f for f in self.rows if not f.code and f.revenue[:3] in ROOMS and f.charge is not None]
        return rooms[0] if len(rooms) == 1 else next((f for f in rooms if f.revenue.startswith("012")), None)


def read(path: Path) -> Fees:
    """Read a list.

    Raises:
        BadFees: there is no such file, it is no table, or it has neither codes nor amounts.
    """
    if not path.is_file():
        raise BadFees(f"{path}: there is no such file; check the path")
    fees, odd = Fees(path.name), 0
    try:
        given = Files.of(path)
        names = given.matching(r"\.(csv|txt|tsv|xlsx|xlsm|xls|ods)$")
        for row in table(
            given, names[0] if names else path.name, _HEADINGS, tuple(k for k in _HEADINGS if k != "code")
        ):
            fee = _fee(row)
            if fee is not None:
                fees.add(fee)
            elif any(row.values()):
                odd += 1
    except (Unsuitable, OSError, IndexError) as fault:
        raise BadFees(f"{path} cannot be read as a list of fees: {fault}") from None
    if not fees.rows:
        raise BadFees(f"{path} has no row with a code or revenue code and an amount; see docs/reference/tables.md")
    if odd:
        fees.notes.append(
            f"{odd:,} rows of {path.name} have no code or no amount that can be read: they price nothing."
        )
    return fees


def _fee(row: dict[str, str]) -> Fee | None:
    code, revenue = row["code"].strip().upper(), row["revenue"].strip()
    code, _, behind = code.partition("-")
    amounts = {name: _amount(row[name]) for name in _AMOUNTS}
    if (
        (code and not _CODE.fullmatch(code))
        or not (code or revenue.isdigit())
        or not any(a is not None for a in amounts.values())
    ):
        return None
    revenue = revenue.zfill(4) if revenue.isdigit() else ""
    return Fee(code, (row["modifier"].strip().upper() or behind)[:2], row["payer"].strip(), revenue, **amounts)


def _amount(cell: str) -> float | None:
    found = _MONEY.fullmatch(cell.strip())
    return float(found[1].replace(",", "")) if found else None
