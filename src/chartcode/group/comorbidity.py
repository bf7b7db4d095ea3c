"""The comorbidities of a case: Elixhauser's by AHRQ's list, Charlson's by Quan's.

Elixhauser counts what stands beside the principal diagnosis of a stay; measures that could be a complication count only
if they were present on admission. Charlson counts every diagnosis. In both, the severer form of a disease puts out the
milder. One group a comorbidity, with the codes behind it, and one for the whole index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, Case, Diagnosis, Group
from chartcode.model.code import ICD10CM, Code

ELIXHAUSER = "Elixhauser"
CHARLSON = "Charlson"
CHARLSON_VERSION = "Quan 2005"

_PRESENT = ("Y", "W", "1")
_STROKE, _STROKE_BEFORE, _STROKE_SEQUELA = "CBVD", "CBVD_POA", "CBVD_SQLA"


def elixhauser(case: Case, books: Books) -> Iterator[Group]:
    """Yield the comorbidities of an inpatient case by the installed edition, and the two indices."""
    book = books.elixhauser
    if book is None or not case.inpatient or case.mode != BILLING:
        return
    found: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for diagnosis in case.coded[1:]:
        for measure in book.of(diagnosis.code.value):
            known = measure.startswith(_STROKE) or book.category(measure).needs_poa
            place = found if not known or _present(diagnosis) else left
            place.setdefault(measure, []).append(diagnosis.code.value)
    _one_stroke(found, left)
    below = {low: high for high, lows in books.parameters["elixhauser.below"].items() if high in found for low in lows}
    stay = {measure: codes for measure, codes in sorted(found.items()) if measure not in below}
    weights = {name: books.parameters[f"elixhauser.{name}"] for name in ("mortality", "readmission")}
    for measure, codes in stay.items():
        reasons = [f"by the table {book.source}"]
        reasons += [f"puts out {low}" for low, high in below.items() if high == measure and low in found]
        worth = [f"{name} {by[measure]}" for name, by in weights.items() if measure in by]
        reasons += [f"weights: {', '.join(worth)}"] if worth else []
        yield Group(
            ELIXHAUSER, book.version, measure, book.category(measure).title, _codes(codes), None, tuple(reasons)
        )
    for name, by in weights.items():
        reasons_of_all = tuple(
            f"{measure} left out: {', '.join(codes)} not known to be present on admission"
            for measure, codes in sorted(left.items())
            if measure not in found
        )
        total = float(sum(by.get(measure, 0) for measure in stay))
        yield Group(ELIXHAUSER, book.version, f"{name} index", f"Index of {name}", (), total, reasons_of_all)


def charlson(case: Case, books: Books) -> Iterator[Group]:
    """Yield the comorbidities of a case and the index of 1987; that with age, and that of 2011, are its reasons."""
    if case.mode != BILLING:
        return
    listed = {row["code"]: row for row in books.parameters["charlson.comorbidities"]}
    found = {
        name: codes
        for name, row in listed.items()
        if (codes := [code for code in dict.fromkeys(case.diagnosis_codes) if code.startswith(tuple(row["of"]))])
    }
    below = {low: high for high, low in books.parameters["charlson.below"].items() if high in found and low in found}
    stay = {name: codes for name, codes in found.items() if name not in below}
    for name, codes in stay.items():
        row = listed[name]
        reasons = [f"by the codes of {CHARLSON_VERSION}"]
        reasons += [f"puts out {low}: {', '.join(found[low])}" for low, high in below.items() if high == name]
        yield Group(CHARLSON, CHARLSON_VERSION, name, row["title"], _codes(codes), float(row["weight"]), tuple(reasons))
    total = sum(listed[name]["weight"] for name in stay)
    updated = sum(listed[name]["updated"] for name in stay)
    told = (*_with_age(case, books, total), f"{updated} by the weights of 2011")
    yield Group(CHARLSON, CHARLSON_VERSION, "index", "Charlson comorbidity index", (), float(total), told)


def _present(diagnosis: Diagnosis) -> bool:
    return (diagnosis.poa or "") in _PRESENT


def _one_stroke(found: dict[str, list[str]], left: dict[str, list[str]]) -> None:
    """Join the two columns of cerebrovascular disease: a stroke before admission, or a sequela without a new stroke."""
    stroke, sequela = found.pop(_STROKE_BEFORE, None), found.pop(_STROKE_SEQUELA, None)
    if stroke or (sequela and _STROKE_BEFORE not in left):
        found[_STROKE] = [*(stroke or ()), *(sequela or ())]


def _with_age(case: Case, books: Books, total: int) -> Iterator[str]:
    age = case.chart.patient.age
    if age is None:
        yield "age not known"
        return
    by = books.parameters["charlson.age"]
    points = min(max((age - by["since"]) // by["years"] + 1, 0), by["most"])
    yield f"{total + points} with {points} for an age of {age}"


def _codes(values: Iterable[str]) -> tuple[Code, ...]:
    return tuple(Code(ICD10CM, value) for value in dict.fromkeys(values))
