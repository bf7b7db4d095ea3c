"""Services (CPT, HCPCS Level II) from the record: what was done, with modifiers, units and the diagnoses that justify it.

    sentences by zone --phrases, conditions--> named services --families--> lines --bundles, modifiers--> procedures

Visits are not among them (``assign.visits``). A number that the day's book does not have is never reported. Facts that
the record carries coded (orders, procedures, immunizations) are taken by their codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chartcode.assign.services import anesthesia, coded, drugs, equipment, lesions, vaccines, wounds
from chartcode.assign.services.assistants import assisted
from chartcode.assign.services.bundles import orphans, parted, unbundle
from chartcode.assign.services.counts import counted
from chartcode.assign.services.eyes import examined
from chartcode.assign.services.found import Named, by_code, compiled, entries, named
from chartcode.assign.services.levels import further
from chartcode.assign.services.line import BY, Line, mention
from chartcode.assign.services.modifiers import lawful, professional, screened, sided, waived
from chartcode.assign.services.nutrition import nutrition
from chartcode.assign.services.passages import OPERATION, TITLE, Reading, read
from chartcode.assign.services.payers import renamed
from chartcode.assign.services.pointers import pointers
from chartcode.assign.services.stated import stated
from chartcode.assign.services.talks import talks
from chartcode.assign.services.testing import tested
from chartcode.assign.services.therapy import treated
from chartcode.assign.services.whole import circumstances, marked
from chartcode.books import Books
from chartcode.model.case import BILLING, CHECK, CONFIDENT, Case, Decision, Entry, Procedure, Rejected
from chartcode.model.chart import INPATIENT, Patient
from chartcode.model.code import CPT, HCPCS, Code

_SEDATION = ("99151", "99152", "99153")
_MINUTES = re.compile(r"\b(\d{2,3})\s*(?:minutes|min)\b", re.IGNORECASE)
_YOUNG = re.compile(r"\bschool physical|\bwell[- ]child|\bmonths?[- ]old|\bkindergarten|\bfreshman|\b\d(?:st|nd|rd|th)[- ]grade|\bpediatric|\bday ?care", re.IGNORECASE)  # fmt: skip
_CHILD = 12
_SURGERY = range(10004, 69991)
_AUTOPSIES = frozenset(("88025", "88027", "88040"))
"""Of a record of the dead nothing else is billed."""
_TIMED = 15


def services(case: Case, books: Books) -> Iterator[Entry]:
    """Yield the service lines of a record, and what others include or people rejected, with the reason.

    An inpatient record is read for the surgeon's services where it is an operative or procedure note; the stay itself
    is the facility's (ICD-10-PCS).
    """
    if case.mode != BILLING or not (books.cpt.installed or books.hcpcs.installed):
        return
    lines: list[Line] = []
    for document in case.chart.documents:
        reading = read(document, compiled())
        stay = case.chart.encounter.setting == INPATIENT
        if stay and reading.kind != OPERATION:
            continue
        lines += _lines(reading, case, books)
        if not stay:
            lines += [*talks(document, books), *examined(document, books), *nutrition(document), *tested(document)]
    lines += _coded(case, lines, books)
    lines = [one for one in lines if _valid(one, books)]
    unbundle(lines, books)
    orphans(lines, books)
    _obey(lines, case.decisions)
    standing = [one for one in lines if not one.why]
    parted(standing)
    standing += list(assisted([one for one in standing if _of_surgeon(one, beside=True)], books))
    yield from (_procedure(one, case, books) for one in standing)
    yield from (_rejected(one) for one in lines if one.why)
    yield from _added(lines, case, books)


def _lines(reading: Reading, case: Case, books: Books) -> list[Line]:
    """Return the lines that one document tells, before they are weighed against each other."""
    patient = case.chart.patient
    if patient.age is None and _YOUNG.search(reading.document.text):
        patient = replace(patient, age=_CHILD)
    medicare = case.chart.encounter.medicare
    plain = _families([_line(found) for found in by_code(named(reading, patient)).values()], patient, books, medicare)
    plain = renamed(treated(counted(plain, reading), reading), reading, books, medicare=medicare)
    plain += [*wounds.repairs(reading), *lesions.excisions(reading)]
    plain += stated(reading, plain)
    if autopsy := [made for made in plain if made.code in _AUTOPSIES]:
        return autopsy[:1]
    if anesthesia.is_record(reading):
        return list(anesthesia.given_for(plain, reading))
    written: list[Line] = []
    for made in plain:
        made.marks = made.marks or _marks(made.code)
        written += _written(made, reading, case, books)
    about = circumstances(reading, patient)
    written = [marked(one, about, reading) if _of_surgeon(one) else one for one in written]
    for one in written:
        one.modifiers = lawful(one.modifiers, one.code, books)
    return written


def _of_surgeon(one: Line, *, beside: bool = False) -> bool:
    """Tell whether a line is an operation that a title names; what only goes beside one counts if it is asked for."""
    surgery = one.code.isdigit() and int(one.code) in _SURGERY
    return surgery and one.titled and (beside or "add" not in one.marks)


def _families(made: Iterable[Line], patient: Patient, books: Books, medicare: bool) -> list[Line]:
    """Return the lines with vaccines, drugs and equipment judged by their families, and what was done to give them."""
    plain, shots, given, handed = [], [], [], []
    for one in made:
        if "vax" in one.marks:
            shots.append(one)
        elif one.system == HCPCS and drugs.is_drug(one.code):
            given.append(one)
        elif one.system == HCPCS and one.code[0] in "AEKLQ":
            handed.append(one)
        else:
            plain.append(one)
    shots, given = vaccines.given(shots, books), drugs.given(given, books)
    plain += [*shots, *vaccines.administrations(shots, patient, books, medicare=medicare)]
    ways = list(drugs.administrations(given))
    if ways:  # told by each drug's own words: what names a way in general is one of them
        plain = [one for one in plain if one.code not in drugs.WAYS]
    plain += [*given, *ways, *drugs.discarded(given, books)]
    return plain + equipment.handed(handed)


def _line(found: list[Named]) -> Line:
    """Return one line for all that names a service, titles first."""
    ordered = sorted(found, key=lambda n: (n.passage.zone != TITLE, -n.weight[0]))
    first = ordered[0]
    mentions = [mention(n.passage, *n.span, n.code) for n in ordered[:3]]
    made = Line(first.code, mentions, [n.passage for n in ordered], marks=first.entry.marks)
    made.titled = first.passage.zone == TITLE
    made.sure = not first.passage.lent and (made.titled or first.weight[0] > 1)
    return made


def _marks(code: str) -> frozenset[str]:
    entry = entries().get(code)
    return entry.marks if entry else frozenset()


def _written(made: Line, reading: Reading, case: Case, books: Books) -> Iterator[Line]:
    """Yield a line with its modifiers and units, once a side or digit, then the levels that add to it."""
    if made.code in _SEDATION and not _timed(made, reading):
        made.why = "sedation is reported by its minutes (at least 10), which the record does not give"
        yield made
        return
    told = " ".join(p.text for p in made.passages)
    if "time" in made.marks and "therapy" not in made.marks and (found := _MINUTES.search(told)):
        made.units = max(1, (int(found[1]) + 7) // _TIMED)
        made.reasons.append(f"{found[1]} minutes: {made.units} units of 15")
    sides = sided(made, reading)
    for places in sides:
        part = ("26",) if professional(made, reading, case.chart.encounter.setting) else ()
        began = ("PT",) if screened(made, reading) else ("QW",) if waived(made, reading, books) else ()
        yield replace(made, modifiers=(*made.modifiers, *part, *places, *began), reasons=[*made.reasons])
    yield from _levels(made, sides[0])


def _levels(made: Line, side: tuple[str, ...]) -> Iterator[Line]:
    """Yield the add-on lines for what the titles name beyond the first: levels, square centimeters, stages."""
    named_by = {m.partition("=")[0]: m.partition("=")[2] for m in made.marks if "=" in m}
    if not named_by:
        return
    text = " ".join(dict.fromkeys(p.text for p in made.passages if p.zone == made.passages[0].zone))
    for code, units, why in further(made.code, named_by, text):
        yield Line(
            code, list(made.mentions), list(made.passages), units=units, titled=made.titled, sure=made.sure,
            marks=_marks(code), modifiers=side if "side" in _marks(code) else (),
            reasons=[f"{why}: {units} beside {made.code}"],
        )  # fmt: skip


def _timed(made: Line, reading: Reading) -> bool:
    return any(
        (found := _MINUTES.search(p.text)) and int(found[1]) >= 10 and "sedat" in p.text.lower()
        for p in (*made.passages, *reading.passages)
    )


def _coded(case: Case, told: list[Line], books: Books) -> list[Line]:
    """Return the services of coded facts, and the giving of vaccines that nobody coded."""
    made = list(coded.lines(case, told))
    for one in made:
        one.marks = _marks(one.code)
    shots = [one for one in made if "vax" in one.marks]
    if shots and not any(one.code in _GIVING for one in (*told, *made)):
        made += vaccines.administrations(shots, case.chart.patient, books, medicare=case.chart.encounter.medicare)
    return made


_GIVING = frozenset(("90460", "90471", "90473", "90480", "G0008", "G0009", "G0010"))


def _is_visit(code: str) -> bool:
    return code.isdigit() and 99202 <= int(code) <= 99499


def _valid(one: Line, books: Books) -> bool:
    return books.cpt.valid(one.code) if one.system == CPT else books.hcpcs.valid(one.code)


def _obey(lines: Iterable[Line], decisions: Iterable[Decision]) -> None:
    """Let people's decisions about a code rule, in place."""
    for decision in decisions:
        who = decision.who or "a person"
        for one in lines:
            if one.code == decision.about.upper():
                if decision.act == "reject":
                    one.why = f"rejected by {who}"
                elif decision.act in {"accept", "add"}:
                    one.why = ""


def _added(lines: Iterable[Line], case: Case, books: Books) -> Iterator[Procedure]:
    """Yield the lines that people added and the record did not give."""
    known = {one.code for one in lines}
    for decision in case.decisions:
        code = decision.about.upper()
        if decision.act != "add" or code in known or _is_visit(code):
            continue
        for book, system in ((books.cpt, CPT), (books.hcpcs, HCPCS)):
            if book.valid(code) and not books.icd10cm.valid(code):
                yield Procedure(
                    Code(system, code), title=book.title(code), evidence=decision.evidence, by="person",
                    on=case.chart.encounter.first, reasons=(f"added by {decision.who or 'a person'}",),
                )  # fmt: skip


def _procedure(one: Line, case: Case, books: Books) -> Procedure:
    book = books.cpt if one.system == CPT else books.hcpcs
    sure = one.sure and one.titled
    document = one.passages[0].document if one.passages else None
    return Procedure(
        Code(one.system, one.code),
        modifiers=one.modifiers,
        units=one.units,
        on=(document.on if document else None) or case.chart.encounter.first,
        confidence=0.85 if sure else 0.7 if one.titled else 0.55,
        band=CONFIDENT if sure else CHECK,
        title=book.title(one.code),
        evidence=tuple(dict.fromkeys(one.mentions)),
        by=BY,
        path=(f"{one.system} {book.version}", book.title(one.code)),
        pointers=pointers(one, case),
        reasons=tuple(one.reasons),
    )


def _rejected(one: Line) -> Rejected:
    return Rejected(Code(one.system, one.code), one.why, tuple(one.mentions), BY)
