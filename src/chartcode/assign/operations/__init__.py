"""ICD-10-PCS from the record: what was done to which body part, how, and what was left, walked through the tables.

    entries that were coded --coded--------------------------------------------------v
    words --reading--> found --axes--> draft --tables--> code or partial code --policy--> procedures of the stay

Billing reports procedures of inpatient stays only; other settings report services (CPT, HCPCS). Research mode reports
every procedure that is named, with the phrases learned from CodiEsp beside our own, and completes open axes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chartcode.assign.maternity import maternity
from chartcode.assign.operations.axes import drafts
from chartcode.assign.operations.coded import Coded, coded, said_already
from chartcode.assign.operations.days import day_of
from chartcode.assign.operations.discontinued import INSPECTION, resolved, titled_attempt
from chartcode.assign.operations.policy import reported, standing, titled_documents
from chartcode.assign.operations.reading import Found, read
from chartcode.assign.operations.research import every
from chartcode.assign.operations.tables import Walked, choices, path, walk
from chartcode.books import Books
from chartcode.books.icd10pcs import OPEN, axis_names
from chartcode.model.case import CHECK, CONFIDENT, MENTIONS, Case, Mention, PartialProcedure, Procedure
from chartcode.model.chart import INPATIENT, Encounter
from chartcode.model.code import ICD10PCS, Code

BY = "operations"
_STOPPED = "stopped before another root operation was done: what was looked at (B3.3)"
_DELIVERIES, _BY_HAND = ("10D0", "10E0"), "10E0XZZ"
CODED = 0.95
"""The confidence in a code that was chosen for this stay."""
TITLED, TOLD = 0.85, 0.75
"""The confidence in a procedure that a section names, and in one that the record tells of; on gold notes, on which the
terms were tuned, .91 and .85 of these were right."""


def operations(case: Case, books: Books) -> Iterator[Procedure | PartialProcedure]:
    """Yield the procedures of a stay; in research mode those that any record names."""
    if case.mode == MENTIONS:
        yield from every(case, books, BY)
    elif case.chart.encounter.setting == INPATIENT:
        yield from of_stay(case, books)


def of_stay(case: Case, books: Books) -> Iterator[Procedure | PartialProcedure]:
    """Yield the procedures that a stay's record tells, as the guidelines have them coded, in the record's order."""
    named = [found for document in case.chart.documents for found in read(document, books.operations)]
    kinds = frozenset(books.parameters["pcs.reported_kinds"])
    titled = titled_documents(named)
    walked = [w for found in named if reported(found, kinds, titled) for w in walks(found, books)]
    attempts = [w for found in named if titled_attempt(found) for w in walks(found, books)]
    walked = resolved(walked, named, attempts, books.icd10pcs)
    rejected = {d.about.upper() for d in case.decisions if d.act == "reject"}
    known = {code: entry for code, entry in coded(case, books).items() if code not in rejected}
    also: dict[str, list[Mention]] = defaultdict(list)
    told = []
    for group in standing([w for w in walked if w.code not in rejected]):
        same = said_already(group[0].code, known)
        if same is None:
            told.append(group)
        else:
            also[same] += _evidence(group)
    for entry in known.values():
        yield _of_entry(entry, also[entry.code], books)
    for group in told:
        yield _entry(group, case, books)
    yield from _born(case, {*known, *(group[0].code for group in told), *rejected}, books)
    yield from _added(case, {*known, *(group[0].code for group in told)}, books)


def _born(case: Case, known: set[str], books: Books) -> Iterator[Procedure]:
    """Yield the delivery of a birth by hand alone that the record tells in other words than the name of a procedure."""
    said = maternity(case.chart)
    if said is None or not said.births or said.cesarean or said.tools or any(c.startswith(_DELIVERIES) for c in known):
        return
    if books.icd10pcs.valid(_BY_HAND):
        document = case.chart.document(said.births[0].document)
        section = document.section_at(said.births[0].start)
        yield Procedure(
            Code(ICD10PCS, _BY_HAND), on=document.on or case.chart.encounter.first, confidence=TOLD, band=CHECK,
            title=books.icd10pcs.title(_BY_HAND), evidence=(Mention(said.births[0], section=section),), by=BY,
            path=tuple(f"{name} {value} {label}".rstrip() for name, value, label in books.icd10pcs.labels(_BY_HAND)),
            reasons=("the record tells a birth and neither a cesarean nor instruments",),
        )  # fmt: skip


def _added(case: Case, known: set[str], books: Books) -> Iterator[Procedure]:
    """Yield the procedures that people added and the record did not give; they outrank every reading."""
    for decision in case.decisions:
        code = decision.about.upper()
        if decision.act == "add" and code not in known and books.icd10pcs.valid(code):
            yield Procedure(
                Code(ICD10PCS, code), on=case.chart.encounter.first, title=books.icd10pcs.title(code),
                evidence=decision.evidence, by="person", reasons=(f"added by {decision.who or 'a person'}",),
            )  # fmt: skip


def walks(found: Found, books: Books) -> list[Walked]:
    """Return what the tables of the day make of a named procedure."""
    made = (walk(draft, found, books.icd10pcs) for draft in drafts(found, books.operations))
    return [w for w in made if w is not None and (w.code[3] != OPEN or w.draft.sides[3])]


def _of_entry(entry: Coded, also: list[Mention], books: Books) -> Procedure:
    """Return the procedure of a coded entry, with the words of the text beside those of the entry."""
    labels, evidence = books.icd10pcs.labels(entry.code), tuple(dict.fromkeys((*entry.evidence, *also)))
    return Procedure(
        Code(ICD10PCS, entry.code), on=entry.fact.on, confidence=CODED, band=CONFIDENT,
        title=books.icd10pcs.title(entry.code), evidence=evidence, by="coded entry",
        path=tuple(f"{name} {value} {label}".rstrip() for name, value, label in labels),
        reasons=(f"coded in the record: {entry.fact.get('category') or 'procedure'}",),
    )  # fmt: skip


def _entry(group: list[Walked], case: Case, books: Books) -> Procedure | PartialProcedure:
    first = group[0]
    day = _day(group, case.chart.encounter)
    evidence = _evidence(group)
    steps = path(first, books.icd10pcs)
    halted = first.code[2] == INSPECTION != first.draft.code[2]
    reasons = (f"term: {first.found.operation.name}", *((_STOPPED,) if halted else ()))
    if not first.whole:
        at = first.code.index(OPEN)
        name, possible = axis_names(first.code[0])[at], choices(first, books.icd10pcs)
        return PartialProcedure(first.code, name, possible, day, evidence, BY, steps, reasons)
    titled = any(w.found.mention.section == "procedure" for w in group)
    return Procedure(
        Code(ICD10PCS, first.code), on=day, confidence=TITLED if titled else TOLD, band=CONFIDENT if titled else CHECK,
        title=books.icd10pcs.title(first.code), evidence=evidence, by=BY, path=steps, reasons=reasons,
    )  # fmt: skip


def _day(group: list[Walked], stay: Encounter) -> date | None:
    """Return the day that the record names for a procedure, else the operative note's own, else the admission."""
    named = (day_of(w.found, stay) for w in group)
    noted = (w.found.document.on for w in group if w.found.page.operative)
    return next((day for day in (*named, *noted) if day), stay.first)


def _evidence(group: list[Walked]) -> tuple[Mention, ...]:
    return tuple(dict.fromkeys(w.found.mention for w in group))
