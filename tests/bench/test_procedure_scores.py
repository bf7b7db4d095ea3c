from bench.notes import Item, Note
from bench.procedure_scores import at_own_length, report


def answer(*codes: str, system: str = "ICD-10-PCS") -> dict:
    return {"procedures": [{"system": system, "code": code} for code in codes]}


def line(text: str, name: str) -> list[str]:
    return next(row for row in text.splitlines() if name in row).replace(" ", "").split("|")[2:-1]


def test_a_code_is_compared_at_the_keys_own_length():
    note = Note("n", "", pcs=(Item(("BW20",)), Item(("0DTJ0ZZ",))))
    assert at_own_length(["BW20ZZZ", "0DTJ4ZZ"], note) == {"BW20", "0DTJ4ZZ"}
    found = line(report([note], [answer("BW20ZZZ", "0DTJ4ZZ")]), "own length")
    assert found[:3] == [".500", ".500", ".500"]


def test_required_items_are_asked_for_and_optional_ones_accepted():
    note = Note("n", "", pcs=(Item(("0FT44ZZ", "0FT40ZZ")), Item(("BF13YZZ",), required=False)))
    text = report([note, Note("m", "")], [answer("0FT40ZZ", "BF13YZZ", "0DTJ4ZZ"), answer()])
    assert line(text, "PCS, 7 characters")[-4:] == ["1", "1", "2", "3"]
    assert line(text, "PCS, 7, all items")[-4:] == ["2", "2", "2", "3"]


def test_four_characters_join_items_and_codes():
    note = Note("n", "", pcs=(Item(("0FT44ZZ",)),))
    assert line(report([note], [answer("0FT40ZZ")]), "PCS, 4 characters")[-4:] == ["1", "1", "1", "1"]


def test_services_leave_visits_out():
    note = Note("n", "", services=(Item(("47562",)),))
    assert line(report([note], [answer("47562", "99213", system="CPT")]), "CPT/HCPCS")[-4:] == ["1", "1", "1", "1"]


def test_what_nobody_answers_is_said_to_be_not_built():
    assert "PCS: not built" in report([Note("n", "")], [answer()])


def test_services_by_half_and_their_modifiers():
    first = Note("a", "", services=(Item(("27447",), modifiers=("RT",)),))
    second = Note("b", "", services=(Item(("47562",)),))
    told = {"procedures": [{"system": "CPT", "code": "27447", "modifiers": ["LT"]}]}
    text = report([first, second], [told, answer("47562", system="CPT")])
    assert line(text, "half unseen")[-4:] == ["1", "1", "1", "1"]
    assert "Modifiers as in the key, on its codes that are reported: .500 (1 of 2)" in text
