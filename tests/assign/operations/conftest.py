from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.operations import operations
from chartcode.books import Books
from chartcode.collect import chart_from_text
from chartcode.model.case import BILLING, Case, PartialProcedure, Procedure

DAY = date(2026, 5, 1)
Entries = list[Procedure | PartialProcedure]


@pytest.fixture(scope="session")
def operate(books: Books) -> Callable[..., Entries]:
    """What the step makes of a text."""

    def run(text: str, setting: str = "inpatient", mode: str = BILLING) -> Entries:
        chart = chart_from_text(text, "t", setting=setting, day=DAY)
        encounter = replace(chart.encounter, setting=setting, first=DAY, last=DAY)
        return list(operations(Case(replace(chart, encounter=encounter), (), mode), books))

    return run


@pytest.fixture(scope="session")
def codes(operate: Callable[..., Entries]) -> Callable[..., set[str]]:
    """The codes and partial codes that the step makes of a text."""

    def run(text: str, **options: str) -> set[str]:
        return {e.code.value if isinstance(e, Procedure) else e.partial for e in operate(text, **options)}

    return run
