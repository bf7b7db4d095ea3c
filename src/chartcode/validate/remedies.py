"""Applies the remedies that need no judgement, and keeps in the ledger what was done and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from chartcode.books import Books
from chartcode.model.case import (
    FIRST_LISTED,
    PRINCIPAL,
    SECONDARY,
    Case,
    Decision,
    Diagnosis,
    Entry,
    Finding,
    Procedure,
    Remedy,
)
from chartcode.model.code import Code

ROUNDS = 20
"""How often a case is looked at anew; a remedy that brings up another one of its own ends here."""
BY = "chartcode check --fix"


def mended(
    case: Case, books: Books, check: Callable[[Case, Books], Iterable[Finding]]
) -> tuple[Case, tuple[Finding, ...]]:
    """Return the case with every safe remedy applied, and the findings that were mended, in that order.

    A finding that a person accepted is left alone, and no remedy is applied twice. What is dropped, replaced or added
    stands as a decision in the ledger, with the rule as its reason.
    """
    done: list[Finding] = []
    tried: set[tuple[str, Remedy]] = set()
    for _ in range(ROUNDS):
        finding = _next(check(case, books), tried)
        if finding is None or finding.remedy is None:
            break
        tried.add((finding.rule, finding.remedy))
        after = _applied(case, finding.remedy, finding)
        if after is not case:
            case = after
            done.append(finding)
    return case, tuple(done)


def _next(findings: Iterable[Finding], tried: set[tuple[str, Remedy]]) -> Finding | None:
    return next(
        (
            finding
            for finding in findings
            if finding.remedy
            and finding.remedy.safe
            and finding.accepted is None
            and (finding.rule, finding.remedy) not in tried
        ),
        None,
    )


def _applied(case: Case, remedy: Remedy, finding: Finding) -> Case:
    """Return the case with one remedy applied, or the same case where the remedy does not say how."""
    lines = [entry for entry in case.entries if isinstance(entry, Diagnosis | Procedure)]
    if remedy.act == "drop":
        gone = [entry for entry in lines if _meant(entry, remedy.codes, finding)]
        kept = _without(case, gone)
        changed = replace(case, entries=(*kept, *_decided("reject", remedy.codes, finding)))
    elif remedy.act == "replace" and remedy.instead:
        changed = _replaced(case, remedy, finding)
    elif remedy.act == "add" and remedy.codes:
        added = tuple(Diagnosis(code, SECONDARY, by=BY) for code in remedy.codes)
        changed = replace(case, entries=(*case.entries, *added, *_decided("add", remedy.codes, finding)))
    elif remedy.act == "move" and remedy.codes:
        changed = _moved(case, remedy)
    else:
        return case
    return changed if changed.entries != case.entries else case


def _meant(entry: Diagnosis | Procedure, codes: tuple[Code, ...], finding: Finding) -> bool:
    """Tell whether an entry is one that a remedy speaks of: of two with one code, the one that the finding is on."""
    if entry.code not in codes:
        return False
    faulted = [on for on in finding.on if isinstance(on, Diagnosis | Procedure) and on.code == entry.code]
    return not faulted or any(entry is on for on in faulted)


def _without(case: Case, gone: list[Diagnosis | Procedure]) -> tuple[Entry, ...]:
    """Return the entries without some of them; the next diagnosis takes the place of a first one that goes."""
    kept = tuple(entry for entry in case.entries if not any(entry is one for one in gone))
    first = next((d for d in gone if isinstance(d, Diagnosis) and d.role in (PRINCIPAL, FIRST_LISTED)), None)
    heir = next((e for e in kept if isinstance(e, Diagnosis) and e.role == SECONDARY), None)
    if first is None or heir is None:
        return kept
    return tuple(replace(heir, role=first.role) if entry is heir else entry for entry in kept)


def _replaced(case: Case, remedy: Remedy, finding: Finding) -> Case:
    """Return the case with a new code where the first of the old ones stood, and without the others."""
    old = [e for e in case.entries if isinstance(e, Diagnosis | Procedure) and _meant(e, remedy.codes, finding)]
    if not old:
        return case
    place, evidence = old[0], tuple(m for entry in old for m in entry.evidence)
    new = [replace(place, code=code, title="", path=(), evidence=evidence) for code in remedy.instead]
    entries: list[Entry] = []
    for entry in case.entries:
        if entry is place:
            entries += new
        elif not any(entry is one for one in old):
            entries.append(entry)
    decided = (*_decided("reject", remedy.codes, finding), *_decided("add", remedy.instead, finding))
    return replace(case, entries=(*entries, *decided))


def _moved(case: Case, remedy: Remedy) -> Case:
    """Return the case with codes moved before those named, or to the end; the roles stay with the places."""
    order = [e for e in case.diagnoses if e.code not in remedy.codes]
    moving = [e for e in case.diagnoses if e.code in remedy.codes]
    at = next((n for n, e in enumerate(order) if e.code in remedy.instead), len(order))
    order[at:at] = moving
    placed: Iterator[Diagnosis] = iter(
        replace(entry, role=there.role) for entry, there in zip(order, case.diagnoses, strict=True)
    )
    mine = case.diagnoses
    return replace(
        case, entries=tuple(next(placed) if any(entry is one for one in mine) else entry for entry in case.entries)
    )


def _decided(act: str, codes: Iterable[Code], finding: Finding) -> Iterator[Decision]:
    for code in codes:
        yield Decision(act, code.value, f"{finding.rule}: {finding.message}", BY)
