"""Visits: the level of an evaluation and management service, element by element, each with its words.

The road: is the record a visit, and of which kind (``category``); what problems, data and risk it documents
(``problems``, ``data``, ``risk``), or which total time (``minutes``); what two of three elements, or the time, make of
it; which number the book of visits has for it (``number``); what one step more or less would change
(``change``). The level comes first, in neutral words; the number is looked up last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.assign.visits.admission import admission
from chartcode.assign.visits.beside import BY
from chartcode.assign.visits.category import (
    CRITICAL_CARE,
    DISCHARGE,
    ESTABLISHED,
    HOSPITAL,
    INITIAL,
    OFFICE,
    PREVENTIVE,
    SUBSEQUENT,
    UNLEVELLED,
    Category,
    category,
)
from chartcode.assign.visits.change import changes
from chartcode.assign.visits.circumstances import circumstances
from chartcode.assign.visits.data import data
from chartcode.assign.visits.element import MODERATE, rank
from chartcode.assign.visits.instead import in_place, instead, no_visit, own_work, same_day, transition
from chartcode.assign.visits.minutes import minutes, of_discharge
from chartcode.assign.visits.modifiers import SEPARATE, modifiers
from chartcode.assign.visits.number import AFAR, consultation, from_afar, named, without_level
from chartcode.assign.visits.problems import problems
from chartcode.assign.visits.record import Record
from chartcode.assign.visits.risk import risk
from chartcode.books import Books
from chartcode.books.visits import Family, two_of_three
from chartcode.model.case import (
    BILLING,
    CANNOT_TELL,
    CHECK,
    CONFIDENT,
    LEVELS,
    MDM,
    NOT_APPLICABLE,
    TIME,
    Case,
    Decision,
    Element,
    Mention,
    Procedure,
    Visit,
)
from chartcode.model.code import CPT, Code

_NEWBORN, _CHILD, _ADULT = "Z00.11", "Z00.12", 18
"""Routine examinations of newborns and children, and the age at which neither fits."""


def visit(case: Case, books: Books) -> Iterator[Visit | Procedure]:
    """Yield the visit of a case, if it is one, and the work on a problem beside a preventive one.

    What a person decided about it goes before what was found.

    A person rejects the visit by its number, or adds the number of another level.
    """
    if case.mode != BILLING:
        return
    record = Record(case, books)
    found = _found(record)
    for decision in case.decisions:
        found = _decided(found, decision, books)
    if found is not None:
        yield _marked(found, record)
        if found.service == PREVENTIVE:
            yield from _problem(record, found)


def _problem(record: Record, found: Visit) -> Iterator[Procedure]:
    """Yield the visit for a problem beside a preventive one, with 25, where the record calls it work of its own.

    Medicare Claims Processing Manual, chapter 12, 30.6.2: the further work has a level and a number of its own.
    """
    problem = [
        d for d in record.diagnoses if d.code.value[0] != "Z" and any(m.section in record.decides for m in d.evidence)
    ]
    apart = own_work(record)
    if not problem or not apart:
        return
    kind = Category(OFFICE, found.status or ESTABLISHED, ("a problem beside a preventive visit",), ())
    family = record.books.visits.family(kind.service, kind.status)
    level = two_of_three(e.level for e in _elements(record, kind))
    number, title = named(family.levels[level] if family else None, record.books)
    if number:
        yield Procedure(
            Code(CPT, number), (SEPARATE,), on=record.case.chart.encounter.first, confidence=0.6, band=CHECK,
            title=title, evidence=apart, by=BY, pointers=tuple(d.code.value for d in problem[:4]),
            reasons=(f"{level} work on a problem of its own beside the preventive visit, if it was",),
        )  # fmt: skip


def _marked(found: Visit, record: Record) -> Visit:
    """Return a visit with its modifiers, why, and the place of service that the record tells."""
    marked, around = tuple(modifiers(record)), tuple(circumstances(record, found))
    letters = [*(m for m, _ in marked), *(c.modifier for c in around if c.modifier)]
    number, told = from_afar(found, letters, record.books, record.case.chart.encounter)
    if number:
        letters = [m for m in letters if m not in AFAR]
        found = replace(found, code=number, title=record.books.cpt.title(number))
    reasons = (
        *found.reasons,
        *(reason for _, reason in marked),
        *(c.reason for c in around),
        *([told] if told else []),
    )
    return replace(
        found,
        modifiers=tuple(letters),
        reasons=reasons,
        evidence=_once([*found.evidence, *(c.words for c in around if c.words)]),
        place=next((c.place for c in around if c.place), ""),
    )


def _found(record: Record) -> Visit | None:
    """Return the visit that the record documents."""
    if no_visit(record):
        return None
    other = instead(record)
    if other is not None:
        return other
    kind = category(record)
    if kind is None:
        return None
    if kind.service in UNLEVELLED or kind.status == DISCHARGE:
        return _unlevelled(record, kind)
    if (kind.service, kind.status) == (HOSPITAL, INITIAL) and (words := same_day(record)):
        kind = kind._replace(status="same_day", why=("in and out on one day",), evidence=(*kind.evidence, words))
    family = record.books.visits.family(kind.service, kind.status)
    if family is None:
        return None
    blank = Visit(
        CANNOT_TELL, evidence=kind.evidence, service=kind.service, status=kind.status, band=CHECK, reasons=kind.why
    )
    if not record.decided:
        return replace(blank, reasons=(*kind.why, "the record stops before an assessment or plan"))
    return _renumbered(record, _levelled(record, kind, family, blank))


def _renumbered(record: Record, found: Visit) -> Visit:
    """Return a visit with another number, or none, where a service carries its work."""
    if number := in_place(record):
        told = f"{number} is billed in the place of the visit"
        return replace(found, code=None, title="", band=CHECK, reasons=(*found.reasons, told))
    cared = transition(record, found)
    if cared is None:
        return found
    number, told, words = cared
    code, title = named(number, record.books) if number else (found.code, found.title)
    return replace(
        found, code=code, title=title, band=CHECK, reasons=(*found.reasons, told), evidence=(words, *found.evidence)
    )


def _levelled(record: Record, kind: Category, family: Family, blank: Visit) -> Visit:
    """Return a visit by its elements, or by its time where that gives more."""
    elements = _elements(record, kind)
    level, basis, reasons = two_of_three(e.level for e in elements), MDM, [*kind.why]
    stated = minutes(record)
    timed = family.by_time(stated[0]) if stated else None
    evidence = [*kind.evidence, *(m for e in elements for m in e.evidence)]
    if timed and stated and rank(timed) > rank(level):
        reasons.append(f"{stated[0]} minutes stated: by time the level is {timed}, by elements {level}")
        level, basis, evidence = timed, TIME, [stated[1], *evidence]
    else:
        reasons.append(f"two of three elements are at least {level}")
    other = consultation(kind, level, record.books)
    if other and not record.case.chart.encounter.medicare:
        reasons.append(f"a payer that takes consultations wants {other}")
    steps = tuple(changes(elements, stated[0] if stated else None, family))
    number, title = named(family.levels[level], record.books)
    if number is None:
        reasons.append("no installed book has the number: install CPT or a chargemaster (chartcode books install)")
    return replace(
        blank,
        level=level,
        code=number,
        title=title,
        problems=elements[0].level,
        data=elements[1].level,
        risk=elements[2].level,
        evidence=_once(evidence),
        basis=basis,
        minutes=stated[0] if stated else None,
        elements=elements,
        band=CONFIDENT if _sure(elements) else CHECK,
        reasons=tuple(reasons),
        changes=steps,
    )


def _elements(record: Record, kind: Category) -> tuple[Element, ...]:
    hospital = admission(record, kind)
    admits = hospital.decided and kind.acute_care
    return (
        problems(record, acute_care=kind.acute_care, admits=admits, later=kind.status == SUBSEQUENT),
        data(record),
        risk(record, acute_care=kind.acute_care, hospital=hospital),
    )


def _unlevelled(record: Record, kind: Category) -> Visit | None:
    """Return a visit whose number goes by age or minutes alone; critical care is of the highest level by its nature."""
    stated = of_discharge(record) if kind.status == DISCHARGE else minutes(record)
    spent = stated[0] if stated else None
    number, title = named(without_level(kind, spent, _age(record), record.books), record.books)
    critical = kind.service == CRITICAL_CARE
    return Visit(
        LEVELS[-1] if critical else NOT_APPLICABLE,
        number,
        evidence=kind.evidence,
        service=kind.service,
        status=kind.status,
        basis=TIME if critical else "",
        minutes=spent if critical or kind.status == DISCHARGE else None,
        title=title,
        band=CHECK,
        reasons=kind.why,
    )


def _age(record: Record) -> int | None:
    """Return the patient's age in years, none where the first diagnosis is an examination of another age."""
    age = record.case.chart.patient.age
    first = record.case.diagnoses[0].code.value if record.case.diagnoses else ""
    if first.startswith(_NEWBORN):
        return 0
    return None if age is not None and first.startswith(_CHILD) and age >= _ADULT else age


def _sure(elements: tuple[Element, ...]) -> bool:
    """Tell whether the level is the problems' own, and the data's too, or from moderate on the risk's.

    Of gold notes whose level was so, nine in ten were right; of the others, two in three.
    """
    level = two_of_three(e.level for e in elements)
    of_problems, of_data, of_risk = (e.level == level for e in elements)
    return of_problems and (of_data or (of_risk and rank(level) >= rank(MODERATE)))


def _once(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Return mentions without those whose words are already shown."""
    return tuple({m.span: m for m in reversed(mentions)}.values())[::-1]


def _decided(found: Visit | None, decision: Decision, books: Books) -> Visit | None:
    """Return the visit after a person's decision."""
    who = decision.who or "a person"
    if decision.act == "reject" and found is not None and decision.about == found.code:
        return None
    family = books.visits.meaning(decision.about) if decision.act in {"accept", "add"} else None
    if family is None or (found is not None and found.code == decision.about):
        return found
    number, title = named(decision.about, books)
    base = found or Visit(family.level_of(decision.about))
    return replace(
        base,
        level=family.level_of(decision.about),
        code=number,
        title=title,
        service=family.service,
        status=family.status,
        basis="",
        band=CONFIDENT,
        evidence=(*decision.evidence, *base.evidence),
        reasons=(*base.reasons, f"{decision.about} by the decision of {who}"),
    )
