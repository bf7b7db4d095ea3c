"""The one place where the rooms are joined: a chart walks through the steps, and each adds to its ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from chartcode.assign.engines.births import births
from chartcode.assign.engines.cancers import cancers
from chartcode.assign.engines.index import index
from chartcode.assign.engines.learned import learned
from chartcode.assign.engines.lexical import lexical
from chartcode.assign.engines.measures import measures
from chartcode.assign.engines.past import past
from chartcode.assign.engines.structured import structured
from chartcode.assign.mentions import mentions
from chartcode.assign.operations import operations
from chartcode.assign.services import services
from chartcode.assign.settle import settle
from chartcode.assign.visits import visit
from chartcode.assign.visits.beside import beside
from chartcode.books import Books, Shelf
from chartcode.books.icd10pcs.book import TO_GET
from chartcode.collect.silence import NO_DATE
from chartcode.faults import place
from chartcode.group.ccsr import ccsr
from chartcode.group.comorbidity import charlson, elixhauser
from chartcode.group.hcc import hcc, score
from chartcode.group.indicators import quality
from chartcode.group.ledger import decided
from chartcode.group.msdrg import acquired, msdrg
from chartcode.model.case import BILLING, MODES, Case, Decision, Diagnosis, Entry, Finding, Group, Procedure
from chartcode.model.chart import Chart
from chartcode.model.code import ICD10PCS
from chartcode.validate.catalogue import validate

Step: TypeAlias = Callable[[Case, Books], Iterable[Entry]]

OPINIONS: tuple[Step, ...] = (mentions, index, lexical, learned, measures, births, cancers, past, structured)
"""The words found and what each engine makes of them: what settle judges, and what the model is fitted on."""

STEPS: tuple[Step, ...] = (*OPINIONS, settle, operations, services, visit, beside, validate, msdrg, hcc)

COUNTED: tuple[Step, ...] = (*STEPS, score, elixhauser, charlson, ccsr, acquired, quality, decided)
"""The steps of a case that will be counted with many others: every grouper that reports ask for."""


class StepFailed(RuntimeError):  # noqa: N818 - named as one would say it
    """A step has a fault of the program.

    The message names the step, the chart and the line; the words of the original error stay out of it, because they
    may be a patient's. That error is in ``cause``.
    """

    def __init__(self, step: Step, chart: str, cause: Exception) -> None:
        name = getattr(step, "__name__", type(step).__name__)
        super().__init__(f"the step {name!r} failed on chart {chart!r} with {place(cause)}")
        self.cause = cause


class Coder:
    """A shelf of books and the steps to take; call it with a chart.

    ``mode`` is ``billing`` (what a certified coder reports) or ``mentions`` (every finding, for research).
    """

    def __init__(self, shelf: Shelf, steps: Sequence[Step] = STEPS, mode: str = BILLING) -> None:
        if mode not in MODES:
            raise ValueError(f"{mode!r} is not a mode; use one of {', '.join(MODES)}")
        self.shelf = shelf
        self.steps = tuple(steps)
        self.mode = mode

    def __call__(self, chart: Chart, decisions: Iterable[Decision] = (), today: date | None = None) -> Case:
        """Code a chart by the books in force on its day.

        Args:
            chart: what was collected.
            decisions: what people decided about this chart; they outrank every engine.
            today: the day whose books serve a chart without a usable day; without it, such a chart is refused.

        Raises:
            LookupError: no books are in force on the chart's day, and no ``today`` was given.
            StepFailed: a step has a fault of the program.
        """
        books, remarks = self.books(chart, today)
        return self.by(books, replace(chart, remarks=_remarked(chart.remarks, remarks)), decisions)

    def by(self, books: Books, chart: Chart, decisions: Iterable[Decision] = ()) -> Case:
        """Code a chart by given books, whatever its day: to see what a release changes.

        Raises:
            StepFailed: a step has a fault of the program.
        """
        remarks = (*chart.remarks, *_untitled(chart, books), *_ungrouped(chart, books), *_unserviced(chart, books))
        case = Case(replace(chart, remarks=remarks), (), self.mode, books.versions).plus(decisions)
        for step in self.steps:
            case = _after(step, case, books)
        return case

    def books(self, chart: Chart, today: date | None) -> tuple[Books, tuple[str, ...]]:
        """Return the books of a chart's day, with remarks where another day's have to serve."""
        day = chart.encounter.on
        if day is None:
            if today is None:
                raise LookupError(f"chart {chart.id!r} has no date; give one, or say which day's books to use")
            return self.shelf.at(today), (f"{NO_DATE}: coded by the books of {today.isoformat()}",)
        try:
            return self.shelf.at(day), ()
        except LookupError:
            if today is None:
                raise
            told = f"no books on the shelf are in force on {day.isoformat()}: coded by those of {today.isoformat()}"
            return self.shelf.at(today), (told,)


def _remarked(remarks: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Return both, each once; what a later remark says with its consequence, it says in the place of the bare one."""
    said = tuple(more)
    bare = {remark for remark in remarks if any(told.startswith(f"{remark}:") for told in said)}
    return tuple(dict.fromkeys(remark for remark in (*remarks, *said) if remark not in bare))


def recheck(case: Case, shelf: Shelf, today: date | None = None, check: Step = validate) -> Case:
    """Return a case that someone else coded with our rules' findings and our groups in the place of any it came with.

    Args:
        case: the case as it came.
        shelf: the books.
        today: the day whose books serve a case without a usable day.
        check: what finds the faults; a profile's ``validate`` for a site's own choice of rules.

    Raises:
        LookupError: no books are in force on the case's day, and no ``today`` was given.
        StepFailed: a rule or a grouper has a fault of the program.
    """
    books, remarks = Coder(shelf).books(case.chart, today)
    chart = replace(case.chart, remarks=_remarked(case.chart.remarks, remarks))
    return recheck_by(books, replace(case, chart=chart), check)


def recheck_by(books: Books, case: Case, check: Step = validate) -> Case:
    """Return a case with the findings and groups of given books, whatever its day, in the place of its own.

    Raises:
        StepFailed: a rule or a grouper has a fault of the program.
    """
    kept = tuple(_titled(e, books) for e in case.entries if not isinstance(e, Finding | Group))
    clean = Case(case.chart, kept, case.mode, books.versions)
    for step in (check, msdrg, hcc):
        clean = _after(step, clean, books)
    return clean


def recount(case: Case, shelf: Shelf, today: date | None = None) -> Case:
    """Return a case that someone else coded as one that will be counted: checked and put through every grouper anew.

    Raises:
        LookupError: no books are in force on the case's day, and no ``today`` was given.
        StepFailed: a rule or a grouper has a fault of the program.
    """
    books, _ = Coder(shelf).books(case.chart, today)
    counted = recheck(case, shelf, today)
    for step in COUNTED[len(STEPS) :]:
        counted = _after(step, counted, books)
    return counted


def _after(step: Step, case: Case, books: Books) -> Case:
    """Return the case with what a step adds."""
    try:
        return case.plus(step(case, books))
    except Exception as cause:  # noqa: BLE001 - whatever a step raises may hold a patient's words
        raise StepFailed(step, case.chart.id, cause) from None


def _titled(entry: Entry, books: Books) -> Entry:
    """Return an entry with its title by the book, where it came without one."""
    if isinstance(entry, Diagnosis) and not entry.title:
        return replace(entry, title=books.icd10cm.title(entry.code.value))
    if isinstance(entry, Procedure) and not entry.title and entry.code.system == ICD10PCS:
        return replace(entry, title=books.icd10pcs.title(entry.code.value))
    return entry


def _untitled(chart: Chart, books: Books) -> tuple[str, ...]:
    """Say how to get the titles of ICD-10-PCS, where a stay's codes have none."""
    return (TO_GET,) if chart.encounter.setting == "inpatient" and books.icd10pcs.pages is None else ()


def _ungrouped(chart: Chart, books: Books) -> tuple[str, ...]:
    """Say which grouper is missing, so that an empty list of groups is not read as an answer."""
    day = books.day.isoformat()
    if chart.encounter.setting == "inpatient":
        return () if books.msdrg.version else (f"not grouped: no MS-DRG version on the shelf for a discharge on {day}",)
    if books.hcc.payment_year:
        return ()
    if not books.hcc.installed:
        return ("not grouped: CMS-HCC needs the extra 'risk'; install it with pip install 'chartcode[risk]'",)
    return (f"not grouped: no CMS-HCC tables on the shelf for services on {day}",)


def _unserviced(chart: Chart, books: Books) -> tuple[str, ...]:
    """Say that there is no book of CPT to ask, so that a record without services is not read as one with none done."""
    if chart.encounter.setting == "inpatient" or books.cpt.installed:
        return ()
    told = "services of CPT are not coded: the starter is turned off and no release is installed for"
    return (f"{told} {books.day.isoformat()}; see 'chartcode books install cpt --from FILE'",)
