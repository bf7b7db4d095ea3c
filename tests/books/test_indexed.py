import pytest

from chartcode.books.indexed import indexed_operations, indexed_places


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
