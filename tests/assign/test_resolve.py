from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.assign.circumstances import Surroundings
from chartcode.assign.resolve import Evidence, Resolver
from chartcode.model.chart import Document

NODES = ("S72", "H40", "O26", "T36", "C50", "M80", "Z79", "E11", "I50", "N18", "L03", "S06.0", "K80", "F32", "J45")
SPOKEN = ("left", "acute", "chronic", "lower", "limb", "stage", "3a", "severe", "foot", "recurrent", "obstruction")


@pytest.fixture(scope="module")
def walk(books):
    return Resolver(books.icd10cm)


def said(text, kind="ed note"):
    around = Surroundings(Document("d", text, kind))
    return around.at(0, min(len(text), 20))


@pytest.mark.parametrize(
    ("node", "text", "code"),
    [
        ("M25.56", "Pain in the left knee.", "M25.562"),
        ("M25.56", "Pain in the knee.", "M25.569"),
        ("S82.6", "Nondisplaced fracture of the lateral malleolus of the right fibula.", "S82.64XA"),
        ("S52.5", "Fracture of the distal right radius, cast change after healing.", "S52.501D"),
        ("L03.90", "Cellulitis of the left leg.", "L03.116"),
        ("J18.9", "Lobar pneumonia.", "J18.1"),
        ("S01.01", "Scalp laceration.", "S01.01XA"),
        ("S01.01", "Scalp laceration of a 34-year-old man.", "S01.01XA"),
        ("S52.50", "Wrist pain from an old fracture of the right distal radius.", "S52.501S"),
        ("L89.15", "Stage IV sacral decubitus.", "L89.154"),
        ("E11", "Diabetes mellitus.", "E11.9"),
        ("N18", "Chronic kidney disease, stage 3b.", "N18.32"),
        ("I50", "Heart failure.", "I50.9"),
        ("I50.9", "Chronic congestive heart failure with mixed presentation.", "I50.9"),
        ("H25.10", "Nuclear sclerotic cataract, right eye.", "H25.11"),
        ("M19.90", "Severe degenerative joint disease of the right shoulder.", "M19.011"),
        ("M19.90", "Osteoarthritis of the left knee.", "M17.12"),
        ("M51.9", "Herniated nucleus pulposus, C5-C6, with myelopathy.", "M50.022"),
        ("M51.9", "Disc herniation at L5-S1.", "M51.27"),
        ("M48.0", "Stenosis C3 through C7.", "M48.02"),
        ("S93.40", "Right ankle sprain 2 weeks ago when he fell.", "S93.401A"),
        ("S93.40", "Follow-up of a right ankle sprain.", "S93.401D"),
        ("K21", "Reflux disease without esophagitis.", "K21.9"),
        ("I26", "Pulmonary embolism without acute cor pulmonale.", "I26.99"),
    ],
)
def test_the_walk_takes_what_is_documented(node, text, code, walk):
    assert walk.resolve(node, said(text))[0] == code


def test_both_sides_take_two_codes_where_no_code_says_so(walk):
    said_of_both = said("Bilateral medial epicondylitis.")
    assert [code for code, _ in walk.sides("M77.00", said_of_both)] == ["M77.01", "M77.02"]
    assert [code for code, _ in walk.sides("M17.9", said("Bilateral osteoarthritis of the knee."))] == ["M17.0"]


def test_a_visit_after_treatment_is_a_subsequent_encounter():
    text = "CHIEF COMPLAINT: Follow-up.\nASSESSMENT: Right ankle sprain. Follow up in 2 weeks."
    again = Surroundings(Document("d", text, "office visit"))
    first = Surroundings(Document("d", text.replace("Follow-up.", "Right ankle pain."), "office visit"))
    at = text.index("sprain")
    assert (again.at(at, at + 6).episode, first.at(at, at + 6).episode) == ("D", "A")


def test_nothing_invalid_comes_out(walk, books):
    for node in ("S72", "H40", "O26", "T36", "C50", "M80", "Z79"):
        code, _ = walk.resolve(node, Evidence(frozenset()))
        assert code is None or books.icd10cm.valid(code)


def test_the_steps_are_told(walk):
    _, steps = walk.resolve("M25.56", said("Pain in the left knee."))
    assert any("left" in step for step in steps)


def test_trimester_follows_the_weeks():
    around = Surroundings(Document("d", "Pregnant woman at 30 weeks of gestation. Pregnancy with anemia."))
    assert (around.weeks, around.trimester) == (30, "3rd")


@pytest.mark.parametrize(
    ("node", "evidence", "code"),
    [
        ("S52.50", Evidence(frozenset(("radius",)), "left", "A"), "S52.502A"),
        ("S52.50", Evidence(frozenset(("radius",)), "left", "A", open_wound="I"), "S52.502B"),
        ("S52.50", Evidence(frozenset(("radius",)), "left", "D"), "S52.502D"),
        ("S52.50", Evidence(frozenset(("radius",)), "left", "D", healing="delayed"), "S52.502G"),
        ("S52.50", Evidence(frozenset(("radius",)), "left", "D", healing="nonunion"), "S52.502K"),
        ("S52.50", Evidence(frozenset(("radius",)), "left", "D", healing="malunion"), "S52.502P"),
        ("S52.50", Evidence(frozenset(("radius",)), "left", "S"), "S52.502S"),
        ("T78.40", Evidence(frozenset(("allergy",))), "T78.40XA"),
        ("W19", Evidence(frozenset(("fall",)), episode="D"), "W19.XXXD"),
        ("O99.01", Evidence(frozenset(("anemia",)), trimester="1st"), "O99.011"),
        ("O99.01", Evidence(frozenset(("anemia",)), trimester="2nd"), "O99.012"),
        ("O99.01", Evidence(frozenset(("anemia",)), trimester="3rd"), "O99.013"),
        ("O99.01", Evidence(frozenset(("anemia",))), "O99.019"),
        ("H25.1", Evidence(frozenset(("nuclear", "cataract")), "bilateral"), "H25.13"),
        ("H25.11", Evidence(frozenset(("nuclear", "cataract")), "left"), "H25.12"),
    ],
)
def test_side_episode_and_trimester_pick_the_code(node, evidence, code, walk, books):
    assert walk.resolve(node, evidence)[0] == code
    assert books.icd10cm.valid(code)


def test_what_is_reportable_and_says_all_stays_itself(walk):
    assert walk.resolve("E11.42", Evidence(frozenset(("diabetes",)))) == ("E11.42", ())


def test_the_same_question_has_the_same_answer(books):
    evidence = Evidence(frozenset(("pain", "knee")), "right")
    asked = Resolver(books.icd10cm)
    assert asked.resolve("M25.56", evidence) == asked.resolve("M25.56", evidence)
    assert asked.resolve("M25.56", evidence) == Resolver(books.icd10cm).resolve("M25.56", evidence)


@pytest.mark.parametrize(
    ("weeks", "trimester"), [(8, "1st"), (13, "1st"), (14, "2nd"), (27, "2nd"), (28, "3rd"), (41, "3rd")]
)
def test_where_the_trimesters_part(weeks, trimester):
    text = f"Pregnant woman at {weeks} weeks of gestation. Her pregnancy is going well."
    assert Surroundings(Document("d", text)).trimester == trimester


def test_a_man_with_weeks_has_no_trimester():
    around = Surroundings(Document("d", "Back pain for 12 weeks. No improvement after 6 weeks of therapy."))
    assert (around.pregnant, around.weeks, around.trimester) == (False, None, None)


@settings(max_examples=60)
@given(
    node=st.sampled_from(NODES),
    words=st.frozensets(st.sampled_from(SPOKEN)),
    side=st.sampled_from((None, "right", "left", "bilateral")),
    episode=st.sampled_from("ADS"),
)
def test_whatever_is_said_the_code_is_valid(node, words, side, episode, walk, books):
    code, steps = walk.resolve(node, Evidence(words, side, episode))
    assert code is None or books.icd10cm.valid(code)
    assert all(isinstance(step, str) for step in steps)
