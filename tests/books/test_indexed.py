import pytest

from chartcode.books.indexed import indexed_by_place, indexed_operations, indexed_places


class Book:
    """What is asked of a release of ICD-10-PCS."""

    def index_terms(self):
        return iter(
            [
                ("Gastrotomy", "0D96"),
                ("Peritoneoscopy", "0DJW4ZZ"),
                ("Acetabuloplasty", "0QQ"),
                ("Acetabuloplasty", "0QR"),
                ("Bypass, Stomach", "0D16"),
                ("Colectomy, Right", "0DTF"),
            ]
        )

    def labels(self, table):
        return (
            {(4, "V"): "Foot Muscle, Right", (4, "W"): "Foot Muscle, Left"} if table == "0KB" else {(4, "0"): "Sternum"}
        )

    def body_parts(self):
        return iter(
            [
                ("Abductor hallucis muscle", ["Foot Muscle, Left", "Foot Muscle, Right"]),
                ("Manubrium", ["Sternum"]),
                ("Abdominal aortic plexus", ["Abdominal Sympathetic Nerve"]),
            ]
        )


def test_words_of_one_operation_and_place_are_taken():
    assert dict(indexed_operations(Book())) == {"Gastrotomy": "0D96(@)??", "Peritoneoscopy": "0DJW4ZZ"}


def test_words_for_sided_places_keep_both_sides():
    found = dict(indexed_places(Book()))
    assert found["Abductor hallucis muscle"] == {"muscle": "K[VW]"}
    assert found["Manubrium"].keys() <= {"bone", "joint"}
    assert "Abdominal aortic plexus" not in found


def test_the_installed_index_leads_to_codes(books):
    if books.icd10pcs.pages is None:
        pytest.skip("the packages of the extra 'inpatient' are not installed")
    found = dict(indexed_operations(books.icd10pcs.pages))
    assert len(found) > 100
    assert found["Gastrotomy"] == "0D96(@)??"
    named = {operation.name for operation in books.operations}
    assert "gastrotomy" in named
    assert "cholecystectomy" in named


def test_root_operations_on_organs_are_taken_with_their_sides():
    class Sided(Book):
        def index_terms(self):
            return iter(
                [
                    ("Repair, Artery, Femoral, Left", "04QL"),
                    ("Repair, Artery, Femoral, Right", "04QK"),
                    ("Excision, Ovary, Left", "0UB1"),
                    ("Excision, Ovary, Right", "0UB0"),
                    ("Excision, Ovary, Bilateral", "0UB2"),
                    ("Repair, Hand, Left", "0XQK"),
                    ("Release, Stomach", "0DN6"),
                    ("Resection, Stomach", "0DT6"),
                ]
            )

    found = dict(indexed_by_place(Sided()))
    assert found["repair Artery Femoral"] == "04Q[KL](@)ZZ"
    assert found["biopsy Ovary"] == "0UB[012](@)ZX"
    assert found["release Stomach"] == "0DN6(@)ZZ"
    assert not any("Hand" in words or "resection" in words for words in found)
