"""Cues are weighed in the open; an option of the caller yields only to a clear record."""

from __future__ import annotations

from chartcode.collect.cues import CONSTANT, cues, table, weigh
from chartcode.collect.kinds import KINDS, LETTER, OTHER, PATHOLOGY_REPORT, PROCEDURE_NOTE, kind
from chartcode.collect.sections import names, sections
from chartcode.collect.setting import setting
from chartcode.collect.words import words
from chartcode.model.chart import INPATIENT, OUTPATIENT, PROFESSIONAL, SETTINGS


def heard(text: str) -> dict[str, float]:
    return cues(sections(text), words(text))


def test_headings_and_phrases_are_cues() -> None:
    found = heard("PLAN: Return to clinic. The clinic, our office, my office and the clinic.")
    assert found["heading plan"] == 1.0
    assert found["begins with plan"] == 1.0
    assert found["says see you back"] == 1.0
    assert found["says an office or clinic"] == 1.5
    assert found[CONSTANT] == 1.0


def test_a_verdict_gives_its_reasons() -> None:
    verdict = weigh("kind", heard("PREOPERATIVE DIAGNOSIS: Hernia.\nANESTHESIA: General.\nThe incision was closed."))
    assert verdict is not None
    assert verdict.value == "operative note"
    assert verdict.probability > 0.5
    assert "heading anesthesia" in verdict.why or "heading preoperative diagnosis" in verdict.why


def test_nothing_heard_says_nothing() -> None:
    assert heard("Cough.") == {}
    assert weigh("setting", {}) is None
    assert kind({}) == OTHER
    assert setting({}, INPATIENT) == (INPATIENT, None)
    value, remark = setting({})
    assert value == OUTPATIENT
    assert remark is not None


def test_kinds_that_are_told_by_rule() -> None:
    assert kind(heard("Dear Dr. Smith: I saw her.\nPLAN: Rest.\nSincerely,")) == LETTER
    scope = (
        "PROCEDURE: Colonoscopy.\nANESTHESIA: Versed.\nThe colonoscope was advanced. She tolerated the procedure well."
    )
    assert kind(heard(scope)) == PROCEDURE_NOTE
    tissue = "GROSS DESCRIPTION: Received in formalin, specimen labeled A.\nMICROSCOPIC DESCRIPTION: Histologic."
    assert kind(heard(tissue)) == PATHOLOGY_REPORT


def test_outpatient_and_professional_are_the_callers_choice() -> None:
    office = heard("SUBJECTIVE: He comes in today, seen in clinic.\nPLAN: Return to clinic, follow up in two weeks.")
    assert setting(office, PROFESSIONAL) == (PROFESSIONAL, None)
    assert setting(office, OUTPATIENT) == (OUTPATIENT, None)


def test_the_weights_fit_the_vocabulary() -> None:
    weights = table("weights.toml")
    assert set(weights) == {"kind", "setting"}
    assert set(weights["setting"]) == set(SETTINGS)
    assert set(weights["kind"]) <= set(KINDS)
    phrases = {f"says {cue}" for cue in table("cues.toml")["phrases"]}
    for cue in {cue for question in weights.values() for value in question.values() for cue in value}:
        if cue.startswith("says "):
            assert cue in phrases
        if cue.startswith("heading "):
            assert cue.removeprefix("heading ") in names()
