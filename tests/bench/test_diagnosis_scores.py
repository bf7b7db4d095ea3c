import pytest
from bench.counts import total
from bench.notes import Item, Note, item

from bench import diagnosis_scores


def _answer(*codes, **entry):
    return {"diagnoses": [{"code": code, "band": "confident", "confidence": 0.9, **entry} for code in codes]}


NOTES = [
    Note("a", "", (item("E11.9"), item("E11.42"), item("I10")), kind="visit"),
    Note("b", "", (item("N18.30"),), kind="consult"),
]
ANSWERS = [_answer("E11.65", "I10"), {"diagnoses": []}]


def _rows(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in ([c.strip() for c in line.strip("|").split("|")] for line in lines)}


def test_exact_and_three_character_scores():
    rows = _rows(diagnosis_scores.overall(NOTES, ANSWERS, frozenset({"I10"})))
    assert rows["exact"][:3] == [".500", ".250", ".333"]
    assert rows["exact"][4:] == ["1", "4", "1", "2"]
    # at three characters E11.9 and E11.42 are one item, and E11.65 hits it: 2 of 3 found, 2 of 2 right
    assert rows["3-character"][:3] == ["1.000", ".667", ".800"]
    assert rows["3-character"][4:] == ["2", "3", "2", "2"]


def test_codes_never_seen_in_training():
    rows = _rows(diagnosis_scores.overall(NOTES, ANSWERS, frozenset({"I10"})))
    assert rows["seen in training"][4:] == ["1", "1", "1", "1"]
    assert rows["never seen in training"][4:] == ["0", "3", "0", "1"]
    assert "--trained-on" in diagnosis_scores.overall(NOTES, ANSWERS, None)


def test_recall_of_what_was_considered():
    answers = [{**ANSWERS[0], "rejected": [{"code": "E11.9", "why": "x"}]}, {"diagnoses": []}]
    assert "proposals): .500" in diagnosis_scores.overall(NOTES, answers, None)


def test_map_in_the_order_given_and_by_confidence():
    answers = [
        {"diagnoses": [{"code": "R52", "confidence": 0.2}, {"code": "E11.9", "confidence": 0.8}]},
        {"diagnoses": [{"code": "N18.30", "confidence": 0.5}]},
    ]
    # a: one of three at rank 2 -> 1/6; by confidence at rank 1 -> 1/3; b: 1
    given, by_confidence = diagnosis_scores.ranked(NOTES, answers).splitlines()
    assert "order given: .583" in given
    assert "confidence: .667" in by_confidence
    assert len(diagnosis_scores.ranked(NOTES, ANSWERS).splitlines()) == 1


def test_bands_and_reliability():
    notes = [Note("a", "", (Item(("J44.9", "J44.1")), Item(("Z79.01",), required=False), item("I10")))]
    answers = [
        {
            "diagnoses": [
                {"code": "J44.1", "band": "confident", "confidence": 0.95},
                {"code": "Z79.01", "band": "confident", "confidence": 0.95},
                {"code": "R05.9", "band": "confident", "confidence": 0.85},
                {"code": "I10", "band": "check", "confidence": 0.4},
            ]
        }
    ]
    rows = _rows(diagnosis_scores.bands(notes, answers))
    assert rows["confident"] == [".667", ".667-.667", ".500", ".667", "2", "3"]
    assert rows["check"] == ["1.000", "1.000-1.000", ".500", ".333", "1", "1"]
    assert rows["0.9-1.0"] == [".950", "1.000", "2", "2"]


def test_chapters_and_groups_add_up():
    rows = _rows(diagnosis_scores.by_chapter(NOTES, ANSWERS))
    assert rows["4 Endocrine and metabolic"][4:] == ["0", "2", "0", "1"]
    assert rows["14 Genitourinary"][4:] == ["0", "1", "0", "0"]
    assert "2 Neoplasms" not in rows
    whole = total(diagnosis_scores.tallies(NOTES, ANSWERS))
    assert sum(int(row[5]) for name, row in rows.items() if name[0].isdigit()) == whole.required


def test_kinds_of_note():
    rows = _rows(diagnosis_scores.by("kind", NOTES, ANSWERS, lambda n: n.kind))
    assert rows["visit (1)"][4:] == ["1", "3", "1", "2"]
    assert rows["consult (1)"][4:] == ["0", "1", "0", "0"]
    assert not diagnosis_scores.by("setting", NOTES, ANSWERS, lambda _: "same")


def test_notes_and_answers_must_pair():
    with pytest.raises(ValueError, match="zip"):
        diagnosis_scores.tallies(NOTES, ANSWERS[:1])
