"""What a record says of an operation as a whole: the global period, the surgeons, a stop."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

import pytest

from chartcode.assign.services import services
from chartcode.assign.services.assistants import assistant, own_part
from chartcode.books import Books, Shelf, invented
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Procedure

Coded = Callable[..., dict[str, Procedure]]


def note(title: str, **sections: str) -> str:
    told = "".join(f"{name.upper()}: {words}\n\n" for name, words in sections.items())
    return f"OPERATIVE NOTE\n\nPROCEDURE PERFORMED: {title}\n\n{told}ANESTHESIA: General.\n\n"


BODY = "DESCRIPTION OF PROCEDURE: The patient was brought to the operating room. {} Dressings were applied.\n"


@pytest.mark.parametrize(
    ("said", "modifier"),
    [
        ("The second stage of a staged reconstruction.", "58"),
        ("She was returned to the operating room for bleeding.", "78"),
        ("This is an unrelated procedure within the global period of her hernia repair.", "79"),
        ("This problem is not related to the previous surgery.", "79"),
        ("Her left total knee replacement was six weeks ago.", "79"),
        ("Her left total knee replacement was six months ago.", None),
        ("Her right total knee replacement was six weeks ago.", None),
        ("Her left ankle was sprained six weeks ago.", None),
    ],
)
def test_the_global_period(coded: Coded, said: str, modifier: str | None) -> None:
    line = coded(note("Right total knee arthroplasty.", indications=said) + BODY.format(""))["27447"]
    assert set(line.modifiers) == {"RT", *([modifier] if modifier else ())}
    if modifier:
        assert "check the global period" in line.reasons[-1]
        assert line.evidence[-1].term == modifier


@pytest.mark.parametrize(
    ("said", "modifiers"),
    [
        ("The procedure was then terminated.", ()),  # it had ended
        ("The procedure was terminated because of hypotension.", ("53",)),
        ("For this reason the procedure was aborted.", ("53",)),
        ("We elected to abort the procedure.", ("53",)),
        ("If she bled we would abort the procedure.", ()),
        ("We were unable to complete the procedure by laparoscopy and converted to an open operation.", ()),
    ],
)
def test_what_was_stopped(coded: Coded, said: str, modifiers: tuple[str, ...]) -> None:
    assert coded(note("Laparoscopic cholecystectomy.") + BODY.format(said))["47562"].modifiers == modifiers


def test_the_moment_of_a_stop(coded: Coded) -> None:
    late = coded(note("Laparoscopic cholecystectomy.") + BODY.format("She became unstable and the case was aborted."))
    early = coded(note("Laparoscopic cholecystectomy.") + BODY.format("The case was aborted prior to induction."))
    assert late["47562"].evidence[-1].term == "stopped after anesthesia"
    assert early["47562"].evidence[-1].term == "stopped before anesthesia"


def test_of_several_titles_the_attempted_one_was_stopped(coded: Coded) -> None:
    title = "1. Diagnostic bronchoscopy.\n2. Attempted left thoracoscopy."
    lines = coded(note(title) + BODY.format("The lung did not fall and the procedure was aborted."))
    assert {code: line.modifiers for code, line in lines.items()} == {"31622": (), "32601": ("LT", "53")}


def test_an_unfinished_colonoscopy(coded: Coded) -> None:
    body = BODY.format("The prep was poor and the procedure was aborted at the splenic flexure.")
    assert coded(note("Colonoscopy.") + body)["45378"].modifiers == ("53",)
    assert coded(note("Colonoscopy with biopsy.") + body)["45380"].modifiers == ("52",)


@pytest.mark.parametrize(
    ("said", "modifier"),
    [("Drs. Roe and Poe, co-surgeons", "62"), ("I assisted Dr. Roe.", "80"), ("Dr. Roe and residents", None)],
)
def test_surgeons(coded: Coded, said: str, modifier: str | None) -> None:
    line = coded(note("Laparoscopic cholecystectomy.", surgeons=said) + BODY.format(""))["47562"]
    assert line.modifiers == ((modifier,) if modifier else ())


@pytest.mark.parametrize(
    ("who", "modifier"),
    [
        ("Jane Roe, PA-C", "AS"),
        ("Jane Roe, nurse practitioner", "AS"),
        ("Jane Roe, M.D.", "80"),
        ("Dr. Roe; no qualified resident was available", "82"),
        ("Dr. Roe, minimum assistant", "81"),
        ("Jane Roe, M.D., PGY-3 resident", None),
        ("None", None),
        ("Jane Roe", None),
    ],
)
def test_a_named_assistant(who: str, modifier: str | None) -> None:
    text = note("Right total knee arthroplasty.", assistant=f"{who}.") + BODY.format("")
    found = assistant(chart_from_text(text, "note", day=date(2026, 5, 1)).documents[0])
    assert (found.modifier if found else None) == modifier


def test_the_one_who_signs_as_assistant() -> None:
    text = note("Right total knee arthroplasty.") + BODY.format("I assisted Dr. Roe.") + "Jane Poe, PA-C"
    found = own_part(chart_from_text(text, "note", day=date(2026, 5, 1)).documents[0])
    assert found is not None
    assert found[0] == "AS"


@pytest.fixture(scope="session")
def scheduled(tmp_path_factory: pytest.TempPathFactory, desk: Shelf) -> Books:
    """The embedded books, and beside them the invented fee schedule of the last quarter of 2025."""
    home = tmp_path_factory.mktemp("scheduled")
    shutil.copytree(desk.folder, home / "books")
    invented.install(home / "books")
    return Shelf.open(home).at(date(2025, 11, 3))


def test_lines_of_an_assistant_by_the_schedule(scheduled: Books) -> None:
    def lines(title: str) -> list[tuple[str, tuple[str, ...]]]:
        text = note(title, assistant="Jane Roe, PA-C.") + BODY.format("")
        chart = chart_from_text(text, "note", setting="outpatient", day=date(2025, 11, 3))
        return [(str(e.code), e.modifiers) for e in services(Case(chart), scheduled) if isinstance(e, Procedure)]

    assert lines("Right total knee arthroplasty.") == [("27447", ("RT",)), ("27447", ("AS", "RT"))]
    title = "Right knee arthroscopy with partial medial meniscectomy."
    assert lines(title) == [("29881", ("RT",))]  # never paid to an assistant


def test_two_surgeons_by_the_schedule(scheduled: Books) -> None:
    text = note("Excisional debridement of subcutaneous tissue of the back, 10 sq cm.", surgeons="co-surgeons")
    chart = chart_from_text(text + BODY.format(""), "note", setting="outpatient", day=date(2025, 11, 3))
    made = {str(e.code): e.modifiers for e in services(Case(chart), scheduled) if isinstance(e, Procedure)}
    assert made["11042"] == ()
