import pytest
from bench.notes import Item, Note, Trap, item

from bench import error_file, errors

TEXT = "ASSESSMENT: COPD exacerbation. No chest pain. Gout of the left foot, stable. Sodium 128 today."


def _note(*items, traps=()):
    return Note("n1", TEXT, items, kind="visit", traps=traps)


def _only(note, answer):
    (mistake,) = errors.mistakes(note, answer)
    return mistake


COPD = Item(("J44.1", "J44.9"), evidence=("COPD exacerbation",))


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        ({"mentions": []}, errors.NO_MENTION, "recognised"),
        ({"mentions": [{"start": 12, "end": 16}]}, errors.NO_CANDIDATE, "never proposed"),
        ({}, errors.NO_CANDIDATE, "never proposed"),
        ({"rejected": [{"code": "J44.9", "why": "negated"}]}, errors.SETTLED_AWAY, "rejected J44.9: negated"),
        ({"rejected": [{"code": "J44.9", "why": "confidence 0.1 is low"}]}, errors.RANKED_LOW, "0.1"),
        (
            {"rejected": [{"code": "J44.9", "why": "not likely to be reported (probability 0.2)"}]},
            errors.RANKED_LOW,
            "0.2",
        ),
        ({"proposals": [{"code": "J44.1", "confidence": 0.2}]}, errors.RANKED_LOW, "confidence 0.2"),
    ],
)
def test_why_an_item_is_missed(answer, kind, why):
    mistake = _only(_note(COPD), {"diagnoses": [], **answer})
    assert (mistake.kind, mistake.code, mistake.words) == (kind, "J44.1", ("COPD exacerbation",))
    assert why in mistake.why
    assert "accepted too: J44.9" in mistake.why


def test_a_rival_of_what_was_reported_was_settled_away():
    answer = {"diagnoses": [{"code": "J45.909", "rivals": [{"code": "J44.1", "why": "less specific"}]}]}
    missed, wrong = errors.mistakes(_note(COPD), answer)
    assert missed.kind == errors.SETTLED_AWAY
    assert missed.why.startswith("J44.1 lost against J45.909: less specific")
    assert wrong.kind == errors.UNRELATED


def _wrong(code, note, **entry):
    return _only(note, {"diagnoses": [{"code": code, "title": "T", "evidence": [{"text": "w", **entry}]}]})


def test_a_trap_of_assertion():
    mistake = _wrong("R07.9", _note(traps=(Trap("R07.9", "No chest pain", "negated"),)))
    assert mistake.kind == errors.ASSERTION
    assert "No chest pain" in mistake.why


def test_own_evidence_that_is_not_affirmed():
    assert _wrong("R07.9", _note(), assertion="negated").kind == errors.ASSERTION


def test_a_sibling():
    note = _note(Item(("M10.9",), required=False))
    mistake = _wrong("M10.072", note)
    assert (mistake.kind, mistake.why, mistake.title) == (errors.SIBLING, "the key has M10.9", "T")


def test_what_coders_do_not_report():
    trap = Trap("E87.1", "Sodium 128", "lab value without diagnosis")
    assert _wrong("E87.1", _note(traps=(trap,))).kind == errors.NOT_REPORTABLE
    assert _wrong("R05.9", _note()).kind == errors.NOT_REPORTABLE
    assert _wrong("H26.9", _note(), section="physical exam").kind == errors.NOT_REPORTABLE
    assert _wrong("H26.9", _note(), section="assessment").kind == errors.UNRELATED


def test_evidence_is_shown_at_its_own_place():
    note = Note("n1", "Gout of old. Then pain. Now gout. Gout again.", ())
    answer = {
        "diagnoses": [{"code": "M10.9", "evidence": [{"text": "Gout", "start": 34}, {"text": "Gout", "start": 3}]}]
    }
    assert _only(note, answer).at == (34, 0)


def test_right_and_optional_codes_are_no_mistakes():
    note = _note(COPD, Item(("Z79.01",), required=False))
    assert list(errors.mistakes(note, {"diagnoses": [{"code": "J44.9"}, {"code": "Z79.01"}]})) == []


def test_the_file_warns_counts_and_shows_the_words():
    answers = [
        {
            "diagnoses": [{"code": "H26.9", "title": "Cataract", "evidence": [{"text": "Gout"}]}],
            "rejected": [{"code": "J44.9", "why": "J45.909 says more (0.7 against 0.2)"}],
        }
    ]
    text = error_file.write("gold", [_note(COPD, item("M10.9"))], answers, {"M10.9": "Gout, unspecified"}.get)
    assert "holds words of the notes" in text
    assert "| CODE says more (N against N)" not in text  # the whole reason stands, with who was rejected
    assert "| rejected CODE: CODE says more (N against N) |" in text
    assert "**M10.9** Gout, unspecified" in text
    assert "COPD exacerbation. No chest pain. **Gout** of the left foot" in text
    for kind, count in ((errors.SETTLED_AWAY, 1), (errors.NO_CANDIDATE, 1), (errors.UNRELATED, 1)):
        assert f"## {kind} ({count})" in text


def test_words_of_a_note_do_not_show_in_a_mistake():
    assert "COPD" not in repr(_only(_note(COPD), {"diagnoses": []}))
    assert "COPD" not in repr(_note(COPD, traps=(Trap("R07.9", "COPD", "COPD"),)))
