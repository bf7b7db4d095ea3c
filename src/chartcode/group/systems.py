"""The groupers by the names that users give them, and which of them a case is put through if none is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chartcode.books import Books
from chartcode.books.hcc import HCC, RX, V24, V28
from chartcode.group.ccsr import ccsr
from chartcode.group.comorbidity import charlson, elixhauser
from chartcode.group.hcc import hcc_v24, hcc_v28, rxhcc, score, suspects
from chartcode.group.indicators import quality
from chartcode.group.msdrg import acquired, msdrg
from chartcode.model.case import Case, Group

Grouper = Callable[[Case, Books], Iterable[Group]]

GROUPERS: dict[str, Grouper] = {
    "ms-drg": msdrg,
    "hcc": hcc_v28,
    "hcc-score": score,
    "hcc-v24": hcc_v24,
    "rxhcc": rxhcc,
    "suspects": suspects,
    "elixhauser": elixhauser,
    "charlson": charlson,
    "ccsr": ccsr,
    "hac": acquired,
    "quality": quality,
}
_MODELS = {"hcc": V28, "hcc-score": V28, "suspects": V28, "hcc-v24": V24, "rxhcc": RX}
_INSTALL = "install it with 'chartcode books install {}' or pip install 'chartcode[{}]'"
USUAL = ("ms-drg", "hcc", "hcc-score", "suspects", "elixhauser", "charlson", "ccsr")


def absent(name: str, case: Case, books: Books) -> str:
    """Return the sentence that a case could not be grouped for want of a book, or '' where nothing is wanting."""
    if name == "ms-drg" and case.inpatient and books.msdrg.version is None:
        return f"not grouped by ms-drg: no version on the shelf for a discharge on {books.day.isoformat()}"
    if name == "elixhauser" and case.inpatient and books.elixhauser is None:
        return f"not grouped by elixhauser: {_INSTALL.format('elixhauser', 'comorbidity')}"
    if name == "ccsr" and books.ccsr is None:
        return f"not grouped by ccsr: {_INSTALL.format('ccsr', 'inpatient')}"
    if name in _MODELS and not books.hcc.installed:
        return f"not grouped by {name}: pip install 'chartcode[risk]'"
    if name in _MODELS and HCC(books.day, _MODELS[name]).payment_year is None:
        return f"not grouped by {name}: no tables on the shelf for services on {books.day.isoformat()}"
    return ""
