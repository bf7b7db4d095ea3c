"""What people's decisions made of a case's groups: as they would be without all of them, and without each alone.

Groups of systems of their own, so that they are never counted as the case's: weight is that of the MS-DRG, or the raw
risk score, without the decision; the driver is the code that it was about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from chartcode.books import Books
from chartcode.group.hcc import SCORE, score
from chartcode.group.msdrg import SYSTEM as DRG
from chartcode.group.msdrg import msdrg
from chartcode.model.case import BILLING, Case, Group
from chartcode.model.ledger import ADD, REJECT, Change, changes, undone

AT_FIRST = " at first"
WITHOUT = " without the decision"


def decided(case: Case, books: Books) -> Iterator[Group]:
    """Yield the MS-DRG and the risk score of a case with decisions on codes, as they were at first and without each."""
    about = [c for c in changes(case) if c.code and c.decision.act in (ADD, REJECT)]
    if not about or case.mode != BILLING:
        return
    yield from _of(case, about, AT_FIRST, books)
    for change in about:
        if change.replaced_by is None:  # of two halves the new code tells of both
            pair = [c for c in about if c is change or (change.replaces and c.replaced_by == change.code)]
            for group in _of(case, pair, WITHOUT, books):
                yield replace(group, drivers=(change.code,) if change.code else ())


def _of(case: Case, without: Iterable[Change], when: str, books: Books) -> Iterator[Group]:
    before = undone(case, without)
    before = replace(before, entries=tuple(e for e in before.entries if not isinstance(e, Group)))
    for group in (*msdrg(before, books), *score(before, books)):
        if group.system in (DRG, SCORE):
            yield replace(group, system=group.system + when, reasons=())
