from __future__ import annotations

import pytest

from chartcode.assign.circumstances import Surroundings
from chartcode.assign.resolve import Evidence, Resolver
from chartcode.model.chart import Document


@pytest.fixture
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
        ("E11", "Diabetes mellitus.", "E11.9"),
        ("N18", "Chronic kidney disease, stage 3b.", "N18.32"),
        ("I50", "Heart failure.", "I50.9"),
    ],
)
def test_the_walk_takes_what_is_documented(node, text, code, walk):
    assert walk.resolve(node, said(text))[0] == code


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
