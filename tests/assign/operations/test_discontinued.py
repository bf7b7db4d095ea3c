"""Operations that were stopped (B3.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chartcode.assign.operations.discontinued import _LOOKED_AT
from chartcode.books import Books
from chartcode.model.case import Procedure

NOTE = (
    "OPERATIVE NOTE\n\nPREOPERATIVE DIAGNOSIS: Disease.\n\nPROCEDURE: {}\n\nDESCRIPTION OF PROCEDURE: {} He did well.\n"
)


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        ("Laparoscopic cholecystectomy.", "He became unstable and the procedure was aborted.", {"0FJ44ZZ"}),
        ("Attempted laparoscopic cholecystectomy.", "The gallbladder could not be freed.", {"0FJ44ZZ"}),
        ("Laparoscopic cholecystectomy.", "The case was aborted prior to induction of anesthesia.", set()),
        ("Laparoscopic cholecystectomy.", "The gallbladder was removed. The procedure was then terminated.",
         {"0FT44ZZ"}),
        ("1. Attempted laparoscopic cholecystectomy.\n2. Open cholecystectomy.", "It was opened.", {"0FT40ZZ"}),
        ("Left total hip arthroplasty.", "After the incision the operation was abandoned.", {"0SJB0ZZ"}),
        ("Attempted lumbar puncture.", "Without success.", {"00JU3ZZ"}),
        ("Open sigmoid colectomy.", "Carcinomatosis was found and we elected to abort the procedure.", {"0DJD0ZZ"}),
        ("Colonoscopy with biopsy.", "The prep was poor and the procedure was aborted.", {"0DBE8ZX"}),
    ],
)  # fmt: skip
def test_what_was_done_or_else_looked_at(
    codes: Callable[..., set[str]], title: str, body: str, wanted: set[str]
) -> None:
    assert codes(NOTE.format(title, body)) == wanted


def test_the_line_says_why(operate: Callable[..., list[Procedure]]) -> None:
    (line,) = operate(NOTE.format("Laparoscopic cholecystectomy.", "The procedure was aborted."))
    assert any("B3.3" in reason for reason in line.reasons)


def test_a_stay_that_tells_of_a_failed_attempt_codes_nothing(codes: Callable[..., set[str]]) -> None:
    assert codes("DISCHARGE SUMMARY\n\nHOSPITAL COURSE: An attempted lumbar puncture was unsuccessful.\n") == set()


@pytest.mark.parametrize(("system", "groups"), _LOOKED_AT.items())
def test_the_parts_that_are_looked_at_stand_in_the_tables(books: Books, system: str, groups: str) -> None:
    for group in groups.split():
        part, _, others = group.partition(":")
        assert books.icd10pcs.complete(f"{system}J{part}???"), f"{system}J{part}"
        assert part not in others
