from bench.notes import Item, Note, Trap, item
from bench.visit_scores import NOT_BUILT

from bench import gold_scores

NOTES = [
    Note(
        "a",
        "",
        (Item(("J44.9", "J44.1")), Item(("I10",))),
        traps=(
            Trap("R07.9", "no chest pain", "negated"),
            Trap("I10", "pressure", "x"),
            Trap("J18.9", "?", "uncertain"),
        ),
        services=(Item(("11042", "11043")), Item(("J1885",), required=False)),
        pcs=(Item(("0HBLXZZ",)),),
        em="moderate",
        em_code="99214",
        medications=("warfarin 5 mg", "NG"),
    ),
    Note("b", "", (item("E11.9"),), em="not_applicable", equipment=("Foley catheter",)),
    Note("c", "", (), em="low", em_code="99213"),
]
ANSWERS = [
    {
        "diagnoses": [{"code": "J44.1"}, {"code": "R07.9"}, {"code": "I10"}],
        "procedures": [
            {"system": "CPT", "code": "11043"},
            {"system": "CPT", "code": "99214"},
            {"system": "CPT", "code": "20610"},
            {"system": "ICD-10-PCS", "code": "0HBLXZX"},
        ],
        "visit": {"level": "moderate", "code": "99213"},
        "facts": {"medications": [{"text": "Warfarin sodium"}, {"text": "aspirin"}]},
    },
    {"diagnoses": [{"code": "I10"}, {"code": "E11.9"}], "visit": {"level": "low"}},
    {"diagnoses": []},
]


def _rows(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in ([c.strip() for c in line.strip("|").split("|")] for line in lines)}


def test_first_listed_counts_notes_that_have_a_diagnosis():
    assert gold_scores.first_listed(NOTES, ANSWERS) == ([1, 0], 2)


def test_a_trap_counts_if_its_code_is_reported_and_nowhere_accepted():
    # R07.9 is one; I10 is accepted as an item; J18.9 is not reported
    assert [gold_scores.trapped(n, a) for n, a in zip(NOTES, ANSWERS, strict=True)] == [1, 0, 0]
    rows = _rows(gold_scores.report(NOTES, ANSWERS))
    assert (rows["wrong codes of traps reported"][0], *rows["wrong codes of traps reported"][2:]) == (".333", "1", "3")
    assert (rows["first-listed diagnosis right"][0], *rows["first-listed diagnosis right"][2:]) == (".500", "1", "2")


def test_procedures_without_the_visit():
    rows = _rows(gold_scores.report(NOTES, ANSWERS))
    assert rows["CPT/HCPCS"][:3] == [".500", "1.000", ".667"]
    assert rows["CPT/HCPCS"][4:] == ["1", "1", "1", "2"]
    assert rows["PCS, 7 characters"][4:] == ["0", "1", "0", "1"]
    assert rows["PCS, 4 characters"][4:] == ["1", "1", "1", "1"]


def test_the_level_of_the_visit():
    rows = _rows(gold_scores.report(NOTES, ANSWERS))
    assert (rows["E/M level right"][0], *rows["E/M level right"][2:]) == (".500", "1", "2")
    assert rows["E/M code right"][2:] == ["0", "2"]
    assert rows["a level given where none applies"][2:] == ["1", "1"]


def test_what_is_not_built_is_said():
    text = gold_scores.report(NOTES, [{"diagnoses": []}] * 3)
    for name in ("CPT/HCPCS", "PCS", "E/M", "medications", "equipment"):
        assert f"{name}: {NOT_BUILT}" in text
    assert f"equipment: {NOT_BUILT}" in gold_scores.report(NOTES, ANSWERS)


def test_a_set_without_diagnoses():
    assert "No note has a diagnosis." in gold_scores.report(NOTES[2:], ANSWERS[2:])
