from chartcode.books.build.icd10pcs_labels import borrowed, composed, derived, operations, spoken

TITLES = {
    "BQ00ZZZ": "Plain Radiography of Right Hip",
    "BQ01ZZZ": "Plain Radiography of Left Hip",
    "BQ000ZZ": "Plain Radiography of Right Hip using High Osmolar Contrast",
    "BQ010ZZ": "Plain Radiography of Left Hip using High Osmolar Contrast",
    "BQ07ZZZ": "Plain Radiography of Right Knee",
}


def test_labels_are_the_words_that_go_with_a_value():
    labels = derived(TITLES)
    assert labels["BQ0", 4, "0"] == "Right Hip"
    assert labels["BQ0", 4, "7"] == "Right Knee"
    assert labels["BQ0", 5, "0"] == "High Osmolar Contrast"
    assert labels["BQ0", 5, "Z"] == "None"


def test_operations_are_how_all_titles_begin():
    assert operations(TITLES) == {"B0": "Plain Radiography"}


def test_approaches_mean_the_same_in_every_table():
    labels = derived({"3E0G3GC": "Introduction of Other into Upper GI, Percutaneous Approach"})
    assert labels["3E0", 5, "3"] == "Percutaneous"


def test_a_title_is_composed_from_a_like_title():
    labels = {("0DT", 5, "0"): "Open", ("0DT", 5, "4"): "Percutaneous Endoscopic"}
    titles = {"0DTJ0ZZ": "Resection of Appendix, Open Approach"}
    assert composed("0DTJ4ZZ", labels, "Resection", titles) == "Resection of Appendix, Percutaneous Endoscopic Approach"


def test_what_has_no_label_stays_untitled():
    assert composed("0DTJ4ZZ", {}, "Resection", {}) == ""


def test_labels_are_borrowed_only_where_all_tables_agree():
    labels = {("0DT", 4, "J"): "Appendix", ("0DB", 4, "H"): "Cecum", ("0DT", 4, "H"): "Caecum"}
    assert borrowed(labels, ["0DBJ0ZZ", "0DQH0ZZ"]) == {("0DB", 4, "J"): "Appendix"}


def test_a_label_is_said_as_titles_say_it():
    assert spoken("Femoral Artery, Left") == "Left Femoral Artery"
    assert spoken("Esophagus, Upper and Middle") == "Esophagus, Upper and Middle"
