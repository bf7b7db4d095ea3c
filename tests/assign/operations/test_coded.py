from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.operations import operations
from chartcode.collect import chart_from_text
from chartcode.model.case import Case
from chartcode.model.chart import NEGATED, Fact
from chartcode.model.code import ICD10PCS, Code

DAY = date(2026, 5, 1)
TEXT = "DISCHARGE SUMMARY\n\nHOSPITAL COURSE: He underwent cholecystectomy. An appendectomy was performed.\n"


@pytest.fixture
def stay(books):
    """What the step makes of a stay with coded entries: code and attributes of each."""

    def run(*entries: tuple[str, dict]) -> list:
        chart = chart_from_text(TEXT, "t", setting="inpatient", day=DAY)
        words = chart.documents[0].span(35, 50)
        facts = tuple(
            replace(Fact("procedure", "an operation", (words,), Code(ICD10PCS, code), on=DAY), **said)
            for code, said in entries
        )
        encounter = replace(chart.encounter, setting="inpatient", first=DAY, last=DAY)
        return list(operations(Case(replace(chart, encounter=encounter, facts=facts)), books))

    return run


def test_a_coded_entry_takes_the_place_of_what_the_text_leaves_open(stay):
    entry, text = stay(("0FT44ZZ", {}))
    assert (entry.code.value, entry.by, entry.on) == ("0FT44ZZ", "coded entry", DAY)
    assert [m.span.text for m in entry.evidence][1:] == ["cholecystectomy"]
    assert text.partial == "0DTJ?ZZ"


@pytest.mark.parametrize(
    "entry",
    [
        ("0FT44ZZ", {"assertion": NEGATED}),
        ("0FT44ZZ", {"attributes": (("category", "past"),)}),
        ("0FT44ZZ", {"attributes": (("placed", "outside its days"),)}),
        ("0FT44ZZ", {"evidence": ()}),
        ("0FT4ZZZ", {}),
        ("0FT44ZZ", {"code": Code("CPT", "47562")}),
    ],
)
def test_entries_that_are_not_of_the_stay_or_no_codes_are_left_out(stay, entry):
    assert [e.partial for e in stay(entry)] == ["0FT4?ZZ", "0DTJ?ZZ"]
