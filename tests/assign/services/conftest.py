"""Invented notes, and the services that they come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.assign.noted import shown

from chartcode.assign.services import services
from chartcode.books import Books
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Decision, Procedure, Rejected

Coded = Callable[..., dict[str, Procedure]]


@pytest.fixture(scope="session")
def ledger(books: Books) -> Callable[..., list[object]]:
    """What the step adds to the ledger of an invented note."""

    def run(
        text: str,
        *decisions: Decision,
        setting: str = "outpatient",
        age: int | None = 50,
        payer: str | None = None,
    ) -> list[object]:
        chart = chart_from_text(text, "note", setting=setting, day=date(2026, 5, 1), sex="F", age=age)
        chart = replace(chart, encounter=replace(chart.encounter, payer=payer))
        return list(services(Case(chart).plus(decisions), books))

    return run


@pytest.fixture(scope="session")
def lines(ledger: Callable[..., list[object]]) -> Callable[..., str]:
    """The lines of an invented note in a row, in order of their numbers: ``71046-26 J1885x4``."""

    def run(text: str, **options: object) -> str:
        return " ".join(sorted(shown(e) for e in ledger(text, **options) if isinstance(e, Procedure)))

    return run


@pytest.fixture(scope="session")
def coded(ledger: Callable[..., list[object]]) -> Coded:
    """The lines of an invented note by number; of two lines of one number the last."""

    def run(text: str, **options: object) -> dict[str, Procedure]:
        return {e.code.value: e for e in ledger(text, **options) if isinstance(e, Procedure)}

    return run


@pytest.fixture(scope="session")
def rejected(ledger: Callable[..., list[object]]) -> Callable[..., dict[str, str]]:
    """Why numbers of an invented note are not reported."""

    def run(text: str, **options: object) -> dict[str, str]:
        return {e.code.value: e.why for e in ledger(text, **options) if isinstance(e, Rejected)}

    return run
