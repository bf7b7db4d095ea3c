import json

import pytest
from bench.notes import Note
from bench.sets.files import Missing

from bench import answers

ANSWER = {
    "id": "n1",
    "diagnoses": [
        {"code": "e119", "band": "confident", "rivals": [{"code": "E11.65", "why": "less"}]},
        {"code": "I10", "band": "check"},
        {"code": "E11.9", "band": "check"},
        {"system": "ICD-10-PCS", "code": "0DTJ4ZZ"},
    ],
    "rejected": [{"code": "R07.9", "why": "negated"}],
    "procedures": [{"system": "CPT", "code": "11042"}, {"system": "ICD-10-PCS", "code": "0dtj4zz"}],
    "facts": {"medications": [{"text": "metformin"}, "aspirin"], "equipment": []},
}


def test_codes_come_once_in_order_and_as_printed():
    assert list(answers.diagnoses(ANSWER)) == ["E11.9", "I10"]
    assert answers.diagnoses(ANSWER)["E11.9"]["band"] == "confident"
    assert list(answers.in_band(ANSWER, "check")) == ["I10"]


def test_everything_considered():
    assert answers.considered({**ANSWER, "proposals": [{"code": "K21.9"}]}) == {
        "E11.9",
        "I10",
        "E11.65",
        "R07.9",
        "K21.9",
    }


def test_procedures_and_facts():
    assert answers.procedures(ANSWER, ("CPT", "HCPCS")) == ["11042"]
    assert answers.procedures(ANSWER, ("ICD-10-PCS",)) == ["0DTJ4ZZ"]
    assert answers.facts(ANSWER, "medications") == ["metformin", "aspirin"]
    assert answers.facts({}, "equipment") == []


def test_an_empty_answer_has_nothing():
    assert answers.diagnoses(answers.EMPTY) == {}
    assert answers.considered({"diagnoses": None, "rejected": None}) == set()


def test_results_are_matched_by_id(tmp_path):
    file = tmp_path / "out.jsonl"
    file.write_text(json.dumps({"id": "dev/n2", "diagnoses": [{"code": "I10"}]}) + "\n")
    first, second = answers.load(file, [Note("n1", ""), Note("n2", "")])
    assert first == answers.EMPTY
    assert list(answers.diagnoses(second)) == ["I10"]


@pytest.mark.parametrize(
    ("line", "says"), [('{"diagnoses": []}', "lacks 'id'"), ('{"id": "x"}', "no id in it"), ("[]", "not a JSON object")]
)
def test_a_file_that_is_not_of_this_set_is_refused(tmp_path, line, says):
    file = tmp_path / "out.jsonl"
    file.write_text(line)
    with pytest.raises(Missing, match=says):
        answers.load(file, [Note("n1", "")])
