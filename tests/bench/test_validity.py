from bench import validity

WHOLE = dict.fromkeys(validity.KEYS)


def test_invalid_codes_and_missing_keys_are_faults():
    outcome = validity.Outcome()
    answer = {**WHOLE, "diagnoses": [{"code": "I10", "evidence": [{}]}, {"code": "I11", "evidence": []}]}
    outcome.look("a", answer, ["I10"])
    outcome.look("b", {**WHOLE, "diagnoses": []}, [])
    outcome.look("c", {"id": "c", "diagnoses": []}, [])
    assert (outcome.notes, outcome.codes, outcome.without_code, outcome.without_evidence) == (3, 2, 2, 1)
    assert outcome.faults[0] == "a: I11 is not valid on the day"
    assert outcome.faults[1].startswith("c: the answer lacks setting, date")


def test_the_report():
    good, bad = validity.Outcome(notes=2, codes=3), validity.Outcome(notes=1, faults=["x: no answer (KeyError)"])
    assert validity.report(2, {"billing": good}).endswith("No fault.")
    text = validity.report(2, {"billing": good, "mentions": bad})
    assert "| mentions |     2 |       1 |" in text
    assert "mentions: x: no answer (KeyError)" in text


def test_a_publishers_list(tmp_path):
    (tmp_path / "codes.txt").write_text("A000    Cholera due to Vibrio\nE11.9 Type 2\n\n")
    assert validity.published(tmp_path / "codes.txt") == {"A00.0", "E11.9"}
