"""Headings open the right parts, and the parts are the whole text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect.sections import names, normal, sections

PIECES = st.sampled_from(
    [
        "PLAN:",
        "ASSESSMENT",
        "\n",
        "\r\n",
        ", ",
        ".,",
        ": ",
        "HEENT:",
        "Allergies:",
        "the patient ",
        "VITAL SIGNS:",
        " - ",
        "é",
        "1. ",
        "• ",
    ]
)


def named(text: str) -> list[tuple[str, str]]:
    return [(s.name, text[s.body : s.end].strip(" ,\n")) for s in sections(text)]


def test_lines_with_colons() -> None:
    text = "CHIEF COMPLAINT: Cough.\nPast Medical History:\n1. Asthma.\nASSESSMENT & PLAN: Rest."
    assert named(text) == [
        ("chief complaint", "Cough."),
        ("past medical history", "1. Asthma."),
        ("assessment and plan", "Rest."),
    ]


def test_headings_glued_to_commas() -> None:
    text = (
        "PREOPERATIVE DIAGNOSIS: , Hernia.,POSTOPERATIVE DIAGNOSIS:,  Hernia, large.,"
        "ANESTHESIA: ,General.,PLAN:,1.  Rest."
    )
    assert named(text) == [
        ("preoperative diagnosis", "Hernia."),
        ("postoperative diagnosis", "Hernia, large."),
        ("anesthesia", "General."),
        ("plan", "1.  Rest."),
    ]


def test_lines_without_colon_and_bullets() -> None:
    text = "Seen today.\n\nPHYSICAL EXAM\n\n• Neck: Supple.\n• MSK: Swelling.\n\nPlan\n\nIce."
    assert [name for name, _ in named(text)] == ["", "physical exam", "plan"]


def test_organ_systems_stay_in_their_part() -> None:
    text = (
        "REVIEW OF SYSTEMS: CARDIOVASCULAR: No pain. HEENT: Normal.\nPHYSICAL EXAMINATION:\n"
        "HEENT: Clear.\nLEFT ANKLE: Swollen.\nPLAN: Rest."
    )
    assert [name for name, _ in named(text)] == ["review of systems", "physical exam", "plan"]


def test_vital_signs_interrupt_an_examination() -> None:
    text = "PHYSICAL EXAM: VITAL SIGNS: BP 120/80. GENERAL: Well. HEENT: Clear."
    assert [name for name, _ in named(text)] == ["physical exam", "vitals", "physical exam"]


def test_an_unknown_heading_in_capitals() -> None:
    text = "PLAN: Rest.\nMEDICATIONS: None.\nZZ COLLECTED: Two bags.\nOTHER SPINE HISTORY: Fusion 1999."
    assert [name for name, _ in named(text)] == ["plan", "medications", "other", "history of present illness"]


def test_a_long_procedure_is_a_description() -> None:
    assert [n for n, _ in named("PROCEDURE: Biopsy.\nPROCEDURE: " + "The skin was cut. " * 30)] == [
        "procedure",
        "procedure description",
    ]


def test_words_in_a_sentence_are_no_heading() -> None:
    assert named("She was given a plan: rest. The findings: none that matter")[0][0] == ""
    assert len(sections("He takes the following medications: aspirin.")) == 1


def test_normal_form() -> None:
    assert normal("  FOLLOW-UP / Care ") == "follow up care"


def test_vocabulary_is_large() -> None:
    assert len(names()) >= 50


@pytest.mark.parametrize("piece", ["a:", "AB:", "\n", " ", "A, ", "PLAN:", "- ", "A", ":"])
def test_time_is_linear(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    sections(text)
    assert time.perf_counter() - start < 8


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_parts_tile_the_text(text: str) -> None:
    at = 0
    for section in sections(text):
        assert section.start == at
        assert section.start <= section.body <= section.end
        assert section.end > section.start
        assert section.name in names()
        at = section.end
    assert at == len(text)


def test_a_long_list_of_procedures_names_them():
    listed = ", ".join(f"{n}. Repair of an incisional hernia number {n} with mesh" for n in range(1, 10))
    told = "The patient was brought to the operating room and laid on the table. " * 8
    assert [s.name for s in sections(f"PROCEDURES PERFORMED: {listed}\n")] == ["procedure"]
    assert [s.name for s in sections(f"PROCEDURE: {told}\n")] == ["procedure description"]
    assert [s.name for s in sections(f"PROCEDURES UNDERTAKEN: {told[:200]}\n")] == ["procedure"]


def test_the_letters_of_a_soap_note_head_its_parts_together():
    names = [s.name for s in sections("S: Cough.\nO: Lungs clear.\nA: Bronchitis.\nP: Rest.\n")]
    assert names == ["subjective", "objective", "assessment", "plan"]
    assert "assessment" not in [s.name for s in sections("SPECIMENS:\nA: Skin of nose.\nB: Margin.\n")]
