"""Plain dicts and lists back into a case: the inverse of ``chartcode.model.plain``.

Other programs write such trees too, so everything but ``id`` and each ``code`` may be left out, and what has the wrong
shape is named by its place in the tree, never by its content: that may be a patient's words.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.model.case import (
    ADMITTING,
    BANDS,
    BILLING,
    CONFIDENT,
    FIRST_LISTED,
    MODES,
    PRINCIPAL,
    SECONDARY,
    SEVERITIES,
    WARNING,
    Case,
    Decision,
    Diagnosis,
    Element,
    Entry,
    Finding,
    Group,
    Mention,
    PartialProcedure,
    Procedure,
    Rejected,
    Remedy,
    Rival,
    Visit,
)
from chartcode.model.chart import (
    AFFIRMED,
    ASSERTIONS,
    INPATIENT,
    OUTPATIENT,
    SETTINGS,
    Chart,
    Document,
    Encounter,
    Fact,
    Patient,
    Repeat,
    Span,
)
from chartcode.model.code import ICD10CM, Code
from chartcode.model.plain import FACTS
from chartcode.model.tree import Place

ROLES = (PRINCIPAL, FIRST_LISTED, SECONDARY, ADMITTING)


def case(tree: object) -> Case:
    """Return the case that a tree describes.

    Raises:
        ValueError: the tree does not have the shape of a case; the message names the place.
    """
    root = Place("case", tree)
    setting = root.one_of("setting", SETTINGS, OUTPATIENT)
    encounter, patient = root.part("encounter"), root.part("patient")
    day = root.day("date")
    first, last = encounter.day("first"), encounter.day("last")
    if day and not (first or last):
        first, last = (None, day) if setting == INPATIENT else (day, None)
    chart = Chart(
        id=root.text("id"),
        documents=tuple(
            Document(d.text("id"), "", d.text("kind", ""), (), d.day("date"), d.text("author", "provider"), _repeats(d))
            for d in root.parts("documents")
        ),
        patient=Patient(
            patient.maybe("sex"),
            patient.number("age"),
            patient.day("born"),
            patient.number("age_days"),
        ),
        encounter=Encounter(
            setting,
            first,
            last,
            *(encounter.maybe(key) for key in ("disposition", "payer", "facility", "provider", "specialty")),
        ),
        facts=tuple(_facts(root.part("facts"))),
        remarks=root.texts("remarks"),
    )
    books = tuple((name, str(version)) for name, version in root.mapping("books").items())
    entries = tuple(_entries(root, setting))
    findings = tuple(_finding(f, entries) for f in root.parts("findings"))
    groups = tuple(_group(g) for g in root.parts("groups"))
    return Case(chart, (*entries, *findings, *groups), root.one_of("mode", MODES, BILLING), books)


def _repeats(document: Place) -> tuple[Repeat, ...]:
    return tuple(
        Repeat(r.number("start") or 0, r.number("end") or 0, r.text("document"), r.number("at") or 0)
        for r in document.parts("repeats")
    )


def _entries(root: Place, setting: str) -> Iterator[Entry]:
    for number, place in enumerate(root.parts("diagnoses")):
        leading = PRINCIPAL if setting == INPATIENT else FIRST_LISTED
        yield _diagnosis(place, SECONDARY if number else leading)
    if root.items.get("admitting"):
        yield _diagnosis(root.part("admitting"), ADMITTING)
    for place in root.parts("rejected"):
        yield Rejected(place.code(), place.text("why", ""), _evidence(place), place.text("by", ""), place.texts("path"))
    for place in root.parts("procedures"):
        yield _procedure(place)
    for place in root.parts("partial_procedures"):
        yield _partial(place)
    if root.items.get("visit"):
        yield _visit(root.part("visit"))
    for place in root.parts("decisions"):
        yield Decision(
            place.text("act"),
            place.text("about"),
            place.text("why", ""),
            place.text("who", ""),
            place.day("date"),
            _evidence(place),
        )


def _visit(place: Place) -> Visit:
    elements = (
        Element(e.text("name"), e.text("level"), e.texts("reasons"), _evidence(e)) for e in place.parts("elements")
    )
    return Visit(
        place.text("level", ""),
        place.maybe("code"),
        place.text("problems", ""),
        place.text("data", ""),
        place.text("risk", ""),
        _evidence(place),
        place.text("service", ""),
        place.text("status", ""),
        place.text("basis", ""),
        place.number("minutes"),
        tuple(elements),
        place.texts("modifiers"),
        place.text("title", ""),
        place.one_of("band", BANDS, CONFIDENT),
        place.texts("reasons"),
        place.texts("changes"),
        place.text("place", ""),
    )


def _spans(place: Place) -> tuple[Span, ...]:
    return tuple(_span(e) for e in place.parts("evidence"))


def _span(place: Place) -> Span:
    start, end = place.number("start") or 0, place.number("end") or 0
    return Span(place.text("document", ""), start, end, place.text("text", ""))


def _evidence(place: Place) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            _span(e),
            e.text("term", ""),
            e.one_of("assertion", ASSERTIONS, AFFIRMED),
            e.text("section", ""),
            e.text("cue", ""),
            e.text("author", "provider"),
        )
        for e in place.parts("evidence")
    )


def _confidence(place: Place) -> float:
    value = place.real("confidence")
    return 1.0 if value is None else value


def _diagnosis(place: Place, role: str) -> Diagnosis:
    return Diagnosis(
        place.code(),
        place.one_of("role", ROLES, role),
        place.maybe("poa"),
        _confidence(place),
        place.one_of("band", BANDS, CONFIDENT),
        place.text("title", ""),
        _evidence(place),
        place.text("by", ""),
        place.texts("path"),
        tuple(Rival(r.code(), r.text("why", "")) for r in place.parts("rivals")),
        place.texts("reasons"),
    )


def _procedure(place: Place) -> Procedure:
    units = place.number("units")
    return Procedure(
        place.code(),
        place.texts("modifiers"),
        1 if units is None else units,
        place.day("date"),
        _confidence(place),
        place.one_of("band", BANDS, CONFIDENT),
        place.text("title", ""),
        _evidence(place),
        place.text("by", ""),
        place.texts("path"),
        place.texts("pointers"),
        place.texts("reasons"),
    )


def _partial(place: Place) -> PartialProcedure:
    return PartialProcedure(
        place.text("partial"),
        place.text("axis", ""),
        tuple((c.text("value"), c.text("label", "")) for c in place.parts("choices")),
        place.day("date"),
        _evidence(place),
        place.text("by", ""),
        place.texts("path"),
        place.texts("reasons"),
    )


def _facts(root: Place) -> Iterator[Fact]:
    for kind, key in FACTS.items():
        for place in root.parts(key):
            yield Fact(
                kind,
                place.text("text", ""),
                _spans(place),
                place.part("code").code(found=True) if place.items.get("code") else None,
                place.text("assertion", AFFIRMED),
                place.day("date"),
                place.text("author", "provider"),
                place.text("status", ""),
                tuple((name, str(value)) for name, value in place.mapping("attributes").items()),
            )


def _finding(place: Place, entries: tuple[Entry, ...]) -> Finding:
    remedy = place.part("remedy")
    return Finding(
        place.text("message", ""),
        tuple(_named(place.texts("codes"), entries)),
        _remedy(remedy) if remedy.items else None,
        place.text("rule", ""),
        place.one_of("severity", SEVERITIES, WARNING),
        place.maybe("accepted"),
    )


def _named(codes: tuple[str, ...], entries: tuple[Entry, ...]) -> Iterator[Diagnosis | Procedure | Visit]:
    """Yield the entries that codes name; a code named twice means the first two that have it."""
    left = [e for e in entries if isinstance(e, Diagnosis | Procedure | Visit)]
    for code in codes:
        place = next((n for n, entry in enumerate(left) if str(entry.code) == code), None)
        if place is not None:
            yield left.pop(place)


def _remedy(place: Place) -> Remedy:
    return Remedy(
        place.text("act"),
        tuple(c.code() for c in place.parts("codes")),
        tuple(c.code() for c in place.parts("instead")),
        place.text("say", ""),
        place.flag("safe"),
    )


def _group(place: Place) -> Group:
    return Group(
        place.text("system"),
        place.text("version", ""),
        place.text("code"),
        place.text("title", ""),
        tuple(Code(_system(code), code) for code in place.texts("drivers")),
        place.real("weight"),
        place.texts("reasons"),
    )


def _system(code: str) -> str:
    """Tell the system of a driver: ICD-10-PCS codes are seven characters without a dot."""
    return "ICD-10-PCS" if len(code) == 7 and "." not in code else ICD10CM
