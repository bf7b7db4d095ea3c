"""One plain-text note -> a chart: its parts, kind, encounter, patient and facts, as the text says them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from chartcode.collect.allergies import allergies
from chartcode.collect.cues import cues
from chartcode.collect.dates import Days, encounter_days
from chartcode.collect.disposition import disposition
from chartcode.collect.equipment import equipment
from chartcode.collect.family import family
from chartcode.collect.immunizations import immunizations
from chartcode.collect.kinds import DISCHARGE_SUMMARY, ED_NOTE, kind
from chartcode.collect.labs import labs
from chartcode.collect.medications import medications, named
from chartcode.collect.occasions import author, placed
from chartcode.collect.orders import orders
from chartcode.collect.patient import patient
from chartcode.collect.ranges import judged
from chartcode.collect.sections import sections
from chartcode.collect.setting import setting as setting_of
from chartcode.collect.silence import NO_DATE
from chartcode.collect.social import social
from chartcode.collect.titles import title
from chartcode.collect.vitals import vitals
from chartcode.collect.words import Words, words
from chartcode.model.chart import ED, INPATIENT, SETTINGS, Chart, Document, Encounter, Fact, Patient


def chart_from_text(
    text: str,
    id: str,  # noqa: A002 - the field's word, as in Chart.id
    *,
    setting: str | None = None,
    day: date | None = None,
    sex: str | None = None,
    age: int | None = None,
) -> Chart:
    """Return the chart of one note; a pure function of its arguments.

    What the note says goes before the options; a remark says what was found in neither.

    Args:
        text: the note as received; never altered.
        id: of the chart and its one document.
        setting: one of ``chartcode.model.chart.SETTINGS``, for a note that does not make it clear.
        day: the first day of the encounter, for a note without a labelled date.
        sex: ``F`` or ``M``.
        age: completed years.

    Raises:
        ValueError: the setting or sex is not one of these words.
    """
    if setting is not None and setting not in SETTINGS:
        raise ValueError(f"unknown setting {setting!r}; use one of {', '.join(SETTINGS)}")
    if sex not in (None, "F", "M"):
        raise ValueError(f"unknown sex {sex!r}; use F or M")
    parts = sections(text)
    spoken = words(text)
    heard = cues(parts, spoken)
    days = encounter_days(text)
    named_so = title(text)
    where, unclear = setting_of(heard, setting, named_so.setting if named_so else None)
    what = named_so.kind if named_so else kind(heard)
    who = patient(text, spoken, parts, days.first or days.last or day)
    encounter = _encounter(text, where, what, days, day, parts_of=Document(id, text, sections=parts))
    document = Document(id, text, what, parts, encounter.on, author(text))
    remarks = [unclear] if unclear else []
    remarks += _missing(encounter, who, sex, age)
    known = replace(who, sex=who.sex or sex, age=who.age if who.age is not None else age)
    facts = tuple(judged(placed(fact, document), known) for fact in _facts(document, spoken))
    return Chart(id, (document,), known, encounter, facts, tuple(remarks))


def _encounter(text: str, where: str, what: str, days: Days, day: date | None, parts_of: Document) -> Encounter:
    """Return the encounter; only a stay or an emergency visit has a disposition."""
    first, last = days.first or (None if days.last else day), days.last
    left = where in (INPATIENT, ED) or what in (DISCHARGE_SUMMARY, ED_NOTE)
    return Encounter(where, first, last, disposition(text, parts_of.sections) if left else None)


def facts_of(document: Document, who: Patient) -> tuple[Fact, ...]:
    """Return the facts that the text of a document tells, whose sections are known from elsewhere."""
    return tuple(judged(placed(fact, document), who) for fact in _facts(document, words(document.text)))


def _facts(document: Document, spoken: Words) -> Iterator[Fact]:
    """Yield the facts of a note, kind by kind."""
    drugs = named(spoken)
    yield from medications(document, drugs)
    yield from equipment(document, spoken)
    yield from allergies(document, drugs)
    yield from vitals(document, spoken)
    yield from labs(document, spoken)
    yield from social(document)
    yield from family(document)
    yield from immunizations(document, spoken)
    yield from orders(document, spoken)


def _missing(encounter: Encounter, who: Patient, sex: str | None, age: int | None) -> Iterator[str]:
    """Yield a remark for each of date, sex and age that neither the note nor the options say."""
    if encounter.on is None:
        yield NO_DATE
    if who.sex is None and sex is None:
        yield "the patient's sex was not found in the record"
    if who.age is None and age is None:
        yield "the patient's age was not found in the record"
