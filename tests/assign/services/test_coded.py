from datetime import date

import pytest

from chartcode.assign.services import services
from chartcode.books import Books, starter
from chartcode.model.case import Case, Procedure
from chartcode.model.chart import Chart, Document, Encounter, Fact, Patient, Span
from chartcode.model.code import CPT, CVX, HCPCS, Code

DAY = date(2026, 5, 1)
WORDS = Span("sheet", 0, 4, "done")


def reported(books: Books, *facts: Fact) -> dict[str, Procedure]:
    chart = Chart(
        "n", (Document("sheet", "done\n", "coded entries"),), Patient("F", 50), Encounter("outpatient", DAY), facts
    )
    return {e.code.value: e for e in services(Case(chart), books) if isinstance(e, Procedure)}


def test_a_coded_procedure_of_the_day_keeps_its_modifiers_and_units(books: Books) -> None:
    fact = Fact(
        "procedure", "facet", (WORDS,), Code(CPT, "64493"), on=DAY, attributes=(("modifiers", "RT"), ("units", "2"))
    )
    line = reported(books, fact)["64493"]
    assert (line.modifiers, line.units) == (("RT",), 2)
    assert line.evidence


@pytest.mark.parametrize(
    "fact",
    [
        Fact("procedure", "old", (WORDS,), Code(CPT, "47562"), on=date(2019, 1, 1)),
        Fact("procedure", "undated", (WORDS,), Code(CPT, "47562")),
        Fact("procedure", "cancelled", (WORDS,), Code(CPT, "47562"), on=DAY, status="not-done"),
        Fact("order", "ordered", (WORDS,), Code(CPT, "70450"), on=DAY),
        Fact("procedure", "visit", (WORDS,), Code(CPT, "99213"), on=DAY),
        Fact("procedure", "no such", (WORDS,), Code(CPT, "00001"), on=DAY),
        Fact("procedure", "paid", (WORDS,), Code(CPT, "47562"), on=DAY, author="payer"),
    ],
)
def test_what_was_not_done_in_the_encounter_is_no_service(books: Books, fact: Fact) -> None:
    assert reported(books, fact) == {}


def test_a_vaccine_by_cvx_and_its_giving(books: Books) -> None:
    fact = Fact("immunization", "flu", (WORDS,), Code(CVX, "150"), on=DAY, status="completed")
    assert set(reported(books, fact)) == {"90686", "90471"}


def test_a_drug_by_hcpcs(books: Books) -> None:
    fact = Fact("medication", "ketorolac", (WORDS,), Code(HCPCS, "J1885"), on=DAY, attributes=(("units", "4"),))
    assert reported(books, fact)["J1885"].units == 4


def test_every_vaccine_of_the_table_is_in_the_starter() -> None:
    assert set(starter.vaccines().values()) <= set(starter.cpt())
