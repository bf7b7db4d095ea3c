import pytest
from bench.notes import Note

from bench import visit_scores

NOTES = [
    Note("a", "", em="moderate", em_code="99214"),
    Note("b", "", em="low", em_code="99213"),
    Note("c", "", em="high", em_code="99285"),
    Note("d", "", em="not_applicable"),
    Note("e", "", em="cannot_tell"),
    Note("f", "", em="not_applicable", em_code="99396"),
    Note("g", ""),
]
ANSWERS = [
    {"visit": {"level": "moderate", "code": "99214", "band": "confident"}},
    {"visit": {"level": "moderate", "code": "99214", "band": "check"}},
    {"visit": None},
    {"visit": {"level": "low", "code": "99213"}},
    {"visit": {"level": "cannot_tell", "code": None}},
    {"visit": {"level": "not_applicable", "code": "99396"}},
    {},
]


def rows(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in ([c.strip() for c in line.strip("|").split("|")] for line in lines)}


def test_each_share_has_its_count():
    found = {name: cells[2:] for name, cells in rows(visit_scores.report(NOTES, ANSWERS)).items()}
    assert found["E/M level right"] == ["1", "3"]
    assert found["E/M level within one"] == ["2", "3"]
    assert found["E/M code right"] == ["2", "4"]
    assert found["a visit found where one is"] == ["2", "3"]
    assert found["no level where it cannot be told"] == ["1", "1"]
    assert found["a level given where none applies"] == ["1", "2"]
    assert found["right where confident"] == ["1", "1"]
    assert found["right where check"] == ["0", "1"]


def test_the_halves_part_the_notes():
    found = rows(visit_scores.report(NOTES, ANSWERS))
    counts = [int(found[f"E/M level right, {name} half"][3]) for name in visit_scores.HALVES]
    assert sum(counts) == 3
    assert {visit_scores.half(str(n)) for n in range(20)} == set(visit_scores.HALVES)


def test_the_confusion_adds_up():
    found = rows(visit_scores.report(NOTES, ANSWERS))
    assert found["low"] == ["0", "0", "1", "0", "0", "0"]
    assert found["high"] == ["0", "0", "0", "0", "0", "1"]


@pytest.mark.parametrize(
    ("wanted", "level", "is_near"),
    [("low", "low", True), ("low", "moderate", True), ("low", "high", False), ("high", "not_applicable", False)],
)
def test_a_neighbour_is_near(wanted, level, is_near):
    assert visit_scores.near(wanted, level) == is_near


def test_what_is_not_built_is_said():
    assert visit_scores.report(NOTES, [{}] * 7) == f"E/M: {visit_scores.NOT_BUILT}"
