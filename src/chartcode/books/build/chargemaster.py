"""A facility's chargemaster or fee schedule becomes a release: its numbers in its own words.

Columns are found by their headings; where they have other names, ``--set code=HEADING --set description=HEADING`` says
which. Of rows without a CPT number or HCPCS code, such as rooms, the charge alone is kept, by revenue code; a modifier
behind a number is cut from the number and kept with the charge.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from chartcode.books.build.services import Row, compiled, stated_year
from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.prices import Price
from chartcode.books.release import Progress

SYSTEM = "chargemaster"

_CODE = re.compile(r"(\d{4}[0-9A-Z]|[A-V]\d{4})((?:[- ]?[A-Z0-9]{2}\b)*)")
_MONEY = re.compile(r"\$?\s*([\d,]+(?:\.\d+)?)")
_HEADINGS = {
    "code": r"\b(cpt|hcpcs)\b|^(cpt|hcpcs)|^(procedure|service|billing)[ _]?code$|^code$",
    "description": r"desc|^(name|title|service|procedure)$",
    "charge": r"^(?!.*(code|desc|number)).*(charge|price|\bfee\b|amount)",
    "revenue": r"^(ub-?04 )?rev",
}
_OPTIONAL = ("charge", "revenue")


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the numbers of one year's chargemaster; of several rows of a number the first one's words stand.

    Raises:
        Unsuitable: a column is not found, no row has a number, or nobody says the year.
    """
    progress("reading the chargemaster", 0, 1)
    names = files.matching(r"\.(csv|txt|tsv|xlsx|xlsm|xls)$")
    if not names:
        raise Unrecognised(f"{files.origin} holds no table; expected a chargemaster in csv or as a workbook")
    headings = _headings(wish.options)
    found: dict[str, Row] = {}
    charged: list[Price] = []
    for name in names:
        for cells in table(files, name, headings, _OPTIONAL):
            if row := _row(cells):
                found.setdefault(row.code, row)
            if price := _price(cells):
                charged.append(price)
    if not found:
        columns = "--set code=HEADING --set description=HEADING"
        raise Unsuitable(f"{files.origin} has no row with a CPT number or HCPCS code; say the columns with {columns}")
    year = stated_year(files, wish, names, "year")
    meta = {
        "system": SYSTEM, "version": str(year), "first": f"{year}-01-01", "last": f"{year}-12-31",
        "source": files.origin, "sha256": files.sha256,
        "licence": "your own; CPT numbers are copyright of the American Medical Association",
    }  # fmt: skip
    compiled(into, (found[code] for code in sorted(found)), meta, charged=charged)
    progress("reading the chargemaster", 1, 1)


def _headings(options: Mapping[str, str]) -> dict[str, str]:
    """Return the patterns of the headings, those that the user names taken to the letter."""
    unknown = set(options) - set(_HEADINGS)
    if unknown:
        raise Unsuitable(f"{', '.join(sorted(unknown))} cannot be set for a chargemaster; set {', '.join(_HEADINGS)}")
    return {
        ours: f"^{re.escape(options[ours])}$" if ours in options else pattern for ours, pattern in _HEADINGS.items()
    }


def _row(cells: Mapping[str, str]) -> Row | None:
    code = _CODE.fullmatch(cells["code"].strip().upper())
    return Row(code[1], cells["description"]) if code and cells["description"] else None


def _price(cells: Mapping[str, str]) -> Price | None:
    """Return the charge of a row: of its number with a modifier behind it, or of its revenue code alone."""
    money = _MONEY.fullmatch(cells["charge"].strip())
    code = _CODE.fullmatch(cells["code"].strip().upper())
    revenue = cells["revenue"].strip().zfill(4) if cells["revenue"].strip().isdigit() else ""
    if not money or not (code or (revenue and not cells["code"].strip())):
        return None
    modifiers = re.findall(r"[A-Z0-9]{2}", code[2]) if code else []
    amount = float(money[1].replace(",", ""))
    return Price(code[1] if code else "", modifiers[0] if modifiers else "", revenue, amount)
