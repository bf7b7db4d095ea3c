"""Several documents -> one chart of one encounter: ordered, resolved, with what they disagree on kept and told.

The order is that of a coder's reading: the discharge summary, the history and physical, the operative note, then what
else there is, older before newer. Where documents differ on a fact of the encounter, the first in that order that
states it is believed and a remark names the others. Facts that conflict stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from chartcode.collect import kinds
from chartcode.collect.disagreements import disagreements, told
from chartcode.collect.repeats import with_repeats
from chartcode.collect.silence import NO_DATE
from chartcode.model.chart import INPATIENT, PROFESSIONAL, Chart, Document, Encounter, Fact, Patient, Span

T = TypeVar("T")

ORDER = (
    kinds.DISCHARGE_SUMMARY,
    kinds.HISTORY_AND_PHYSICAL,
    kinds.OPERATIVE_NOTE,
    kinds.CONSULT,
    kinds.PROGRESS_NOTE,
    kinds.ED_NOTE,
    kinds.OFFICE_VISIT,
    kinds.PROCEDURE_NOTE,
    kinds.LETTER,
    kinds.PATHOLOGY_REPORT,
    kinds.RADIOLOGY_REPORT,
)
"""Kinds of documents in the order of their value to a coder; others follow."""

REPEATED = "repeated"
"""The attribute of a fact that stands in a copied-forward passage: the document that has it first."""

GAPS = frozenset(
    (
        NO_DATE,
        "the patient's sex was not found in the record",
        "the patient's age was not found in the record",
    )
)
"""Remarks that a document earns for a gap which another document may fill."""

_UNCLEAR = ("the setting is not clear", "the record does not say the setting", "the setting was not found")
"""How a remark begins that says that a document's setting was guessed."""


def together(id: str, charts: Iterable[Chart]) -> Chart:  # noqa: A002 - as Chart.id
    """Return one chart of the documents of several.

    Args:
        id: of the chart.
        charts: at least one; each of one or more documents of the same encounter.

    Raises:
        ValueError: there is no chart to put together.
    """
    given = [_renamed(chart, taken) for taken in (set[str](),) for chart in charts]
    if not given:
        raise ValueError("no charts to put together; give at least one")
    ranked = sorted(given, key=_rank)
    documents = sorted((d for chart in ranked for d in chart.documents), key=lambda d: _place(d.kind, d.on))
    documents = list(with_repeats(documents))
    facts = [_marked(fact, documents) for chart in ranked for fact in chart.facts]
    remarks: list[str] = []
    encounter, patient = _encounter(ranked, remarks), _patient(ranked, remarks)
    if len(given) > 1:
        remarks += disagreements(facts, documents)
    kept = dict.fromkeys(r for chart in ranked for r in _own(chart, len(given) > 1))
    gaps = _missing(encounter, patient)
    return Chart(id, tuple(documents), patient, encounter, tuple(facts), (*kept, *remarks, *gaps))


def _rank(chart: Chart) -> tuple[int, date]:
    return min((_place(d.kind, d.on) for d in chart.documents), default=(len(ORDER), date.max))


def _place(kind: str, on: date | None) -> tuple[int, date]:
    return ORDER.index(kind) if kind in ORDER else len(ORDER), on or date.max


def _renamed(chart: Chart, taken: set[str]) -> Chart:
    """Return a chart whose documents' ids are none of those taken, and take them."""
    names: dict[str, str] = {}
    for document in chart.documents:
        name, number = document.id, 2
        while name in taken:
            name, number = f"{document.id} ({number})", number + 1
        taken.add(name)
        names[document.id] = name
    if all(old == new for old, new in names.items()):
        return chart
    documents = tuple(replace(d, id=names[d.id], repeats=()) for d in chart.documents)
    facts = tuple(replace(f, evidence=tuple(_moved(span, names) for span in f.evidence)) for f in chart.facts)
    return replace(chart, documents=documents, facts=facts)


def _moved(span: Span, names: dict[str, str]) -> Span:
    return replace(span, document=names.get(span.document, span.document))


def _marked(fact: Fact, documents: Sequence[Document]) -> Fact:
    """Return a fact, marked if all its words stand in copied passages."""
    by_id = {document.id: document for document in documents if document.repeats}
    found = [by_id[s.document].repeated(s.start) if s.document in by_id else None for s in fact.evidence]
    if not found or not all(found) or fact.get(REPEATED):
        return fact
    source = found[0].document if found[0] else ""
    return replace(fact, attributes=(*fact.attributes, (REPEATED, source)))


def _own(chart: Chart, many: bool) -> Iterator[str]:
    """Yield the remarks of a chart but for gaps, with its document's name where there are several charts."""
    for remark in chart.remarks:
        if remark not in GAPS and not (many and remark.startswith(_UNCLEAR)):
            yield f"{chart.id}: {remark}" if many else remark


def _encounter(charts: Sequence[Chart], remarks: list[str]) -> Encounter:
    """Return the encounter as the documents say it, and add a remark for each thing on which they differ."""
    setting = _setting(charts, remarks)
    first, last = _days(charts, setting, remarks)

    def known(name: str, get: Callable[[Encounter], str | None]) -> str | None:
        said = [(c.id, value) for c in charts if (value := get(c.encounter))]
        if not said:
            return None
        remarks.extend(told(name, said, said[0][1]))
        return said[0][1]

    return Encounter(
        setting,
        first,
        last,
        known("the discharge disposition", lambda e: e.disposition),
        known("the payer", lambda e: e.payer),
        known("the facility", lambda e: e.facility),
        next((c.encounter.provider for c in charts if c.encounter.provider), None),
        next((c.encounter.specialty for c in charts if c.encounter.specialty), None),
    )


def _setting(charts: Sequence[Chart], remarks: list[str]) -> str:
    """Return the setting of the first document that is clear about it; a physician's note in a stay agrees with all."""
    clear = [c for c in charts if not any(r.startswith(_UNCLEAR) for r in c.remarks)]
    said = [(c.id, c.encounter.setting) for c in clear]
    stated = [pair for pair in said if pair[1] != PROFESSIONAL] or said
    if not stated:
        lead = charts[0]
        remarks += [r for r in lead.remarks if r.startswith(_UNCLEAR)] if len(charts) > 1 else []
        return lead.encounter.setting
    remarks += told("the setting", stated, stated[0][1])
    return stated[0][1]


def _days(charts: Sequence[Chart], setting: str, remarks: list[str]) -> tuple[date | None, date | None]:
    """Return the first and last day: of a stay as its summary says them, else the span of the documents' days."""
    stays = [(c.id, c.encounter.first, c.encounter.last) for c in charts if c.encounter.last]
    days = sorted({d for c in charts if (d := c.encounter.first)})
    if setting != INPATIENT and not stays:
        told_days = [(c.id, c.encounter.first.isoformat()) for c in charts if c.encounter.first]
        first = next((c.encounter.first for c in charts if c.encounter.first), None)
        remarks += told("the day of service", told_days, first.isoformat() if first else "")
        return first, None
    first = next((first for _, first, _ in stays if first), None)
    last = stays[0][2] if stays else None
    for name, known, at in (("the day of admission", first, 1), ("the day of discharge", last, 2)):
        said = [(str(stay[0]), day.isoformat()) for stay in stays if isinstance(day := stay[at], date)]
        remarks += told(name, said, known.isoformat() if known else "")
    if first is None:
        first = next((d for d in days if last is None or d <= last), None)
    outside = [
        c.id for c in charts for d in (c.encounter.first,) if d and ((first and d < first) or (last and d > last))
    ]
    if outside:
        remarks.append(f"outside the days of the stay, and perhaps of another encounter: {', '.join(outside)}")
    return first, last


def _patient(charts: Sequence[Chart], remarks: list[str]) -> Patient:
    """Return the patient: what most documents say of sex and birth; a remark for each thing on which they differ."""
    sex = _most([(c.id, c.patient.sex) for c in charts], "the patient's sex", remarks)
    born = _most([(c.id, c.patient.born) for c in charts], "the patient's day of birth", remarks)
    agreeing = [c.patient for c in charts if born is None or c.patient.born in (None, born)]
    aged = next((p for p in agreeing if p.age is not None), None)
    ages = [p.age for p in agreeing if p.age is not None]
    if ages and max(ages) - min(ages) > 1:
        said = [(c.id, str(c.patient.age)) for c in charts if c.patient.age is not None]
        remarks += told("the patient's age", said, str(aged.age) if aged else "")
    number = _most([(c.id, c.patient.id) for c in charts], "the patient's number", [])
    return Patient(sex, aged.age if aged else None, born, aged.age_days if aged else None, number)


def _most(said: Sequence[tuple[str, T | None]], name: str, remarks: list[str]) -> T | None:
    """Return the value that most documents give, of equals the first."""
    values = [value for _, value in said if value is not None]
    if not values:
        return None
    best = max(values, key=values.count)
    remarks += told(name, [(id_, str(value)) for id_, value in said if value is not None], str(best))
    return best


def _missing(encounter: Encounter, patient: Patient) -> Iterator[str]:
    if encounter.on is None:
        yield NO_DATE
    if patient.sex is None:
        yield "the patient's sex was not found in the record"
    if patient.age is None:
        yield "the patient's age was not found in the record"
