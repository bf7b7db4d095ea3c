"""Chapters whose rules are a record's and not a word's: pregnancy and birth, the newborn, neoplasms.

One door for ``settle``: proposals are brought to the patient's time and age, candidates judged by whose record it is,
and, when the likely ones are chosen, what the chapter asks for is brought and what it forbids falls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chartcode.assign.settle import infants, mothers, oncology
from chartcode.assign.settle.candidates import Candidate
from chartcode.books import Books
from chartcode.model.case import Case, Proposal


def in_time(case: Case, books: Books) -> Iterable[Proposal]:
    """Return the proposals of a case with the codes for the patient's age, trimester, childbirth or puerperium."""
    return mothers.timely(infants.perinatal(case.proposals, case, books), case, books.icd10cm)


def judge(found: list[Candidate], case: Case, books: Books) -> list[Candidate]:
    """Reject, in place, what cannot stand on this patient's record; return candidates that the chapters add."""
    mothers.judge(found, case)
    infants.judge(found, case)
    return [*infants.observed(found, case, books.icd10cm), *oncology.judge(found, case, books.icd10cm)]


def bring(reported: list[Candidate], weighed: Iterable[Candidate], case: Case, books: Books) -> None:
    """Report, in place, what the chapters ask for beside what is likely."""
    weighed = list(weighed)
    mothers.bring(reported, weighed, case, books)
    infants.bring(reported, weighed, case)
    oncology.bring(reported, weighed, case)
    oncology.bring_primary(reported, weighed)


def tidy(reported: list[Candidate], weighed: Iterable[Candidate], case: Case, books: Books) -> None:
    """Let the reported candidates of a chapter be whole, in place."""
    mothers.tidy(reported, weighed, case)
    oncology.of_therapy(reported, books.icd10cm)
    oncology.not_past(reported)


def leads(found: Mapping[str, float], reported: Iterable[Candidate], case: Case) -> dict[str, float]:
    """Return how well each candidate would stand first by the rules of the chapters."""
    reported = list(reported)
    return oncology.leads(infants.leads(mothers.leads(found, reported, case), case), reported)
