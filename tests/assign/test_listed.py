from __future__ import annotations

import pytest

from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.listed import listed
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import AFFIRMED, POSSIBLE
from chartcode.model.code import icd10cm


def candidate(case, code, words, score, assertion=AFFIRMED):
    document = case.chart.documents[0]
    at = document.text.rindex(words)
    mention = Mention(
        document.span(at, at + len(words)), words.lower(), assertion, document.section_at(at), "", document.author
    )
    proposal = Proposal(icd10cm(code), by="index", evidence=(mention,), path=(words,), confidence=0.8)
    return Candidate(code, [proposal], score=score)


def named(text, words="knee pain", score=0.3, assertion=AFFIRMED, code="M25.562", chosen=()):
    case = Case(chart_from_text(text, "note", setting="outpatient"))
    one = candidate(case, code, words, score, assertion)
    others = [candidate(case, *other) for other in chosen]
    return [c.code for c in listed(others, [one, *others], case)]


HISTORY = "HISTORY OF PRESENT ILLNESS: Here with knee pain.\n"


@pytest.mark.parametrize(
    "plan",
    [
        "ASSESSMENT:\n1. Hypertension.\n2. Left knee pain.\n",
        "ASSESSMENT: Left knee pain.\n",
        "IMPRESSION: Severe knee pain since May.\n",
        "IMPRESSION:\n1. Hypertension.\n2. Posterior pressure like knee pain.\n",
        "ASSESSMENT AND PLAN:\nProblem 1: Knee pain. Ibuprofen.\n",
        "ASSESSMENT AND PLAN:\nShe does well. For your knee pain, we start physical therapy.\n",
        "PLAN:\nKnee pain.\nIce and rest.\n",
        "PLAN: Regarding the knee pain, an x-ray is ordered.\n",
    ],
)
def test_what_heads_an_item_of_the_assessment_is_reported(plan):
    words = "knee pain" if "knee pain" in plan else "Knee pain"
    assert named(HISTORY + plan, words) == ["M25.562"]


@pytest.mark.parametrize(
    "plan",
    [
        "ASSESSMENT: Hypertension. Walking is limited by knee pain.\n",
        "PLAN: Knee pain exercises were shown.\n",
        "ASSESSMENT: Hypertension.\nPHYSICAL EXAM: Knee pain.\n",
    ],
)
def test_what_is_said_elsewhere_is_left_to_the_model(plan):
    words = "knee pain" if "knee pain" in plan else "Knee pain"
    assert named(HISTORY + plan, words) == []


def test_what_is_uncertain_or_hardly_ever_meant_is_no_heading():
    text = HISTORY + "ASSESSMENT:\n1. Left knee pain.\n"
    assert named(text, assertion=POSSIBLE) == []
    assert named(text, score=0.1) == []


def test_one_code_speaks_for_one_heading():
    text = HISTORY + "ASSESSMENT:\n1. Left knee pain.\n"
    assert named(text, chosen=[("M25.569", "Left knee pain", 0.7)]) == []


def test_what_is_joined_to_a_heading_is_named_with_it():
    text = HISTORY + "ASSESSMENT: Ankle sprain and knee pain.\n"
    case = Case(chart_from_text(text, "note", setting="outpatient"))
    sprain, pain = candidate(case, "S93.402A", "Ankle sprain", 0.9), candidate(case, "M25.562", "knee pain", 0.3)
    known = Case(case.chart, (*sprain.mentions, *pain.mentions))
    assert [c.code for c in listed([sprain], [sprain, pain], known)] == ["M25.562"]
    assert listed([sprain], [sprain, pain], case) == []


def test_a_drug_with_its_dose_is_no_problem():
    text = HISTORY + "ASSESSMENT:\n1. Back pain.\n2. Prednisone 5 mg daily.\n"
    assert named(text, "Prednisone 5 mg", code="Z79.52") == []
    assert named(text.replace("Prednisone 5 mg", "Steroid use"), "Steroid use", code="Z79.52") == ["Z79.52"]


def test_an_order_of_the_plan_is_no_problem():
    assert named(HISTORY + "PLAN:\nPrednisone.\n", "Prednisone", code="Z79.52") == []


def test_a_report_of_imaging_lists_findings():
    text = (
        "MRI OF THE LEFT KNEE\nTECHNIQUE: Multiplanar images.\nFINDINGS: Normal menisci.\nIMPRESSION: Left knee pain.\n"
    )
    assert Case(chart_from_text(text, "note")).chart.documents[0].kind == "radiology report"
    assert named(text) == []
