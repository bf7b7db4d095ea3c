"""Values of X12 elements as the chart speaks of them: days, amounts, codes with their dots."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from chartcode.model.code import CPT, HCPCS, ICD9CM, ICD10CM, ICD10PCS, Code, dotted

_DIGITS = 18
"""The digits that an amount of X12 may have."""

_CPT = re.compile(r"\d{4}[0-9A-Z]")


def day(value: str) -> date | None:
    """Return the day of ``CCYYMMDD``, or None if it is none; of a range the first day."""
    return days(value)[0]


def days(value: str) -> tuple[date | None, date | None]:
    """Return the first and last day of ``CCYYMMDD`` (D8), ``CCYYMMDDHHMM`` (DT) or ``CCYYMMDD-CCYYMMDD`` (RD8)."""
    first, _, last = value.partition("-")
    begun = _one(first)
    return begun, _one(last) or begun


def _one(value: str) -> date | None:
    if len(value) < 8 or not value[:8].isascii() or not value[:8].isdigit():
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return None


def amount(value: str) -> Decimal:
    """Return an amount of money or a quantity; nothing, what is no number, and what no claim can cost are zero."""
    try:
        found = Decimal(value or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and -_DIGITS < found.adjusted() < _DIGITS else Decimal(0)


def quantity(value: str) -> str:
    """Return a quantity or amount as one would write it: ``1.00`` is ``1``; what is no number stays as it is."""
    found = amount(value)
    return f"{found.normalize():f}" if found else value


def units(value: str) -> int:
    """Return whole units; a part of a unit counts as one, as a payer would round."""
    found = amount(value)
    return int(found) if found == int(found) else int(found) + 1


def diagnosis(qualifier: str, value: str) -> Code:
    """Return the diagnosis of a HI element; qualifiers of ICD-10-CM begin with A (code list 1270)."""
    bare = value.strip().upper().replace(".", "")
    if qualifier.startswith("A"):
        return Code(ICD10CM, dotted(bare))
    stem = 4 if bare.startswith("E") else 3
    return Code(ICD9CM, bare if len(bare) <= stem else f"{bare[:stem]}.{bare[stem:]}")


def procedure(qualifier: str, value: str) -> Code:
    """Return the inpatient procedure of a HI element: BBR, BBQ are ICD-10-PCS, BR, BQ ICD-9-CM."""
    bare = value.strip().upper().replace(".", "")
    if qualifier.startswith("BB"):
        return Code(ICD10PCS, bare)
    return Code(ICD9CM, bare if len(bare) <= 2 else f"{bare[:2]}.{bare[2:]}")


def service(qualifier: str, value: str) -> Code | None:
    """Return the code of a service line; HC covers HCPCS and CPT, which their shapes tell apart."""
    bare = value.strip().upper()
    if not bare or qualifier not in ("HC", "HP", "ER", "IV", "WK", "AD"):
        return None
    if qualifier == "HC":
        return Code(CPT if _CPT.fullmatch(bare) else HCPCS, bare)
    names = {"HP": "HIPPS", "AD": "CDT", "IV": "HIEC", "ER": "jurisdiction specific", "WK": "ABC codes"}
    return Code(names[qualifier], bare)
