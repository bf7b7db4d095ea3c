from __future__ import annotations

from bench.notes import Note

from bench import entity_scores


def note(medications: tuple[str, ...]) -> Note:
    return Note("n", "text", (), medications=medications, equipment=("walker",))


def test_entities_share_a_word_of_four_letters():
    assert entity_scores.entity_found("warfarin 5 mg", ["Warfarin sodium"])
    assert not entity_scores.entity_found("NG", ["NG"])
    assert not entity_scores.entity_found("two drains", ["two pumps"])


def test_recall_and_precision_stand_beside_each_other():
    told = [{"text": "Warfarin"}, {"text": "zinc"}, {"text": "codeine", "assertion": "negated"}]
    table = entity_scores.report([note(("warfarin 5 mg", "codeine"))], [{"facts": {"medications": told}}])
    (row,) = (line for line in table.splitlines() if line.startswith("| medications"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert (cells[3], cells[4]) == ("1", "2")
    assert (cells[7], cells[8]) == ("1", "2")
    assert "equipment: not built" in table
