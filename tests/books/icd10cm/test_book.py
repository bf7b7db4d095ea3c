from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

APRIL_2026 = date(2026, 5, 1)


def on(shelf, *day: int):
    return shelf.at(date(*day)).icd10cm


# --- validity -------------------------------------------------------------------------------------------------


def test_a_code_is_valid_from_its_first_day_to_its_last(shelf):
    assert on(shelf, 2025, 9, 30).valid("G35")
    assert not on(shelf, 2025, 10, 1).valid("G35")
    assert not on(shelf, 2025, 9, 30).valid("G35.D")
    assert on(shelf, 2025, 10, 1).valid("G35.D")
    assert not on(shelf, 2021, 9, 30).valid("F32.A")
    assert on(shelf, 2021, 10, 1).valid("F32.A")


@pytest.mark.parametrize(
    "code", ["E11", "E11.4", "S52.501", "4", "E08-E13", "E11.421", "e11.42", "E1142", "", "Chest pain"]
)
def test_what_is_no_full_code_is_not_valid(book, code):
    assert not book.valid(code)
    assert book.flags(code) == frozenset()


def test_validity_joins_days_whose_flags_alone_differ(book):
    (days,) = book.validity("Z37.0")
    assert (days.first, days.last) == (date(2015, 10, 1), None)
    (days,) = book.validity("G35")
    assert days.last == date(2025, 9, 30)
    assert book.validity("E11") == ()


def test_flags_are_those_of_the_day(shelf):
    assert "manifestation" in on(shelf, 2026, 5, 1).flags("F02.80")
    assert "unacceptable principal" in on(shelf, 2026, 5, 1).flags("Z37.0")
    assert "external cause" in on(shelf, 2026, 5, 1).flags("W19.XXXA")
    assert "female" in on(shelf, 2024, 9, 30).flags("Z37.0")
    assert "female" not in on(shelf, 2024, 10, 1).flags("Z37.0")
    assert "unspecified laterality" in on(shelf, 2022, 4, 1).flags("G81.00")
    assert "unspecified laterality" not in on(shelf, 2022, 3, 31).flags("G81.00")
    assert on(shelf, 2026, 5, 1).flags("E78.5") == frozenset()


def test_ages_are_those_of_the_day(shelf):
    assert on(shelf, 2019, 9, 30).ages("maternity") == (12, 55)
    assert on(shelf, 2019, 10, 1).ages("maternity") == (9, 64)
    assert on(shelf, 2019, 10, 1).ages("manifestation") is None


# --- what replaced a code ---------------------------------------------------------------------------------------


def test_the_successors_of_multiple_sclerosis(shelf):
    book = on(shelf, 2025, 10, 1)
    assert book.successors("G35") == ("G35.A", "G35.B0", "G35.B1", "G35.B2", "G35.C0", "G35.C1", "G35.C2", "G35.D")
    assert book.predecessors("G35.D") == ("G35",)
    assert set(on(shelf, 2024, 1, 1).predecessors("I1A.0")) == {"I10", "I15.9"}


@pytest.mark.parametrize(
    ("code", "day", "instead"),
    [
        ("I10", date(2026, 4, 1), "I10"),  # valid all along, though I1A.0 was split off from it
        ("G35", date(2025, 10, 1), "G35.D"),  # eight successors; one says as little as the old code
        ("G35.D", date(2025, 9, 30), "G35"),  # not yet born
        ("F32.A", date(2021, 9, 30), "F32.9"),
        ("M54.50", date(2021, 9, 30), "M54.5"),
        ("M54.5", date(2021, 10, 1), "M54.50"),
        ("I1A.0", date(2023, 9, 30), None),  # I10 or I15.9
        ("A04.7", date(2018, 1, 1), None),  # recurrent or not: both say more
        ("D48.1", date(2023, 10, 1), None),  # D48.119 says "unspecified", but is of desmoid tumors alone
        ("I49.8", date(2026, 10, 1), None),  # not G90.A, which was split off four years earlier
        ("I63.01", APRIL_2026, "I63.019"),  # not full length
        ("S52.501", APRIL_2026, None),  # which encounter?
        ("S72.00", APRIL_2026, None),  # S72.009S says "unspecified", but of the femur, and "sequela" too
        ("Q99.99", APRIL_2026, None),
        ("", APRIL_2026, None),
    ],
)
def test_the_code_in_force_instead(shelf, code, day, instead):
    assert shelf.at(day).icd10cm.in_force(code) == instead


def test_heirs_are_found_where_the_conversion_table_is_silent(shelf):
    book = on(shelf, 2026, 10, 1)
    assert book.successors("I42.0") == ("I42.00", "I42.01", "I42.09")
    assert book.successors("T52.8X1A") == ("T52.811A", "T52.821A", "T52.891A")
    assert book.predecessors("I42.01") == ("I42.0",)
    assert on(shelf, 2026, 9, 30).in_force("I42.01") == "I42.0"


def test_what_is_in_force_is_valid(shelf):
    every = [row[0] for row in shelf.icd10cm.validity._pages.all("SELECT DISTINCT code FROM cm WHERE last IS NOT NULL")]
    for day in (date(2016, 10, 1), date(2020, 1, 1), APRIL_2026, date(2026, 10, 1)):
        book = shelf.at(day).icd10cm
        for code in every[:: max(1, len(every) // 400)]:
            instead = book.in_force(code)
            assert instead is None or book.valid(instead), (code, day)


# --- the list ---------------------------------------------------------------------------------------------------


def test_an_entry(book):
    entry = book.entry("E11.4")
    assert (entry.title, entry.parent, entry.billable) == (
        "Type 2 diabetes mellitus with neurological complications",
        "E11",
        False,
    )
    assert entry.children == ("E11.40", "E11.41", "E11.42", "E11.43", "E11.44", "E11.49")
    assert [note.text for note in book.entry("E11.42").notes] == ["Type 2 diabetes mellitus with diabetic neuralgia"]
    assert book.entry("E11.425") is None


def test_the_way_up(book):
    assert book.ancestors("S52.501A") == ("S52.501", "S52.50", "S52.5", "S52")
    assert (book.block("S52.501A"), book.chapter("S52.501A")) == ("S50-S59", "19")
    assert (book.parent("S52.501A"), book.parent("E11"), book.parent("E08-E13"), book.parent("4")) == (
        "S52.501",
        "E08-E13",
        "4",
        "",
    )
    assert (book.block("V01.00XA"), book.parent("V00-V09"), book.parent("V00-V99")) == ("V00-V09", "V00-V99", "V00-X58")
    assert (book.ancestors("Nonsense"), book.block("QQQ"), book.chapter("")) == ((), "", "")


def test_seventh_characters_are_those_of_the_nearest_ancestor_that_defines_them(book):
    assert set(book.seventh_characters("S52.501")) == set("ABCDEFGHJKMNPQRS")
    assert set(book.seventh_characters("S52.521")) == set("ADGKPS")  # a torus fracture is never open
    assert set(book.seventh_characters("M80.051")) == set("ADGKPS")
    assert book.seventh_characters("E11.42") == {}
    assert set(book.seventh_characters("S06.0X0")) == set("ADS")
    assert set(book.seventh_characters("S06.1X7")) == set("A")  # the note at S06: who has died does not come again


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("W19.XXXA", "Unspecified fall, initial encounter"),
        ("T36.0X5A", "Adverse effect of penicillins, initial encounter"),
        ("O31.03X2", "Papyraceous fetus, third trimester, fetus 2"),
        ("H54.0X33", "Blindness right eye category 3, blindness left eye category 3"),
        ("M1A.00X1", "Idiopathic chronic gout, unspecified site, with tophus (tophi)"),
        ("W19", "Unspecified fall"),
    ],
)
def test_titles(book, code, title):
    assert book.title(code) == title
    assert book.known(code)


@pytest.mark.parametrize(
    "code", ["W19.XXX", "W19.XXA", "W19.A", "S52.501Z", "S52.50XA", "S06.1X7D", "E11.42XA", "T36.0X5", "T36.0XXA"]
)
def test_wrongly_built_codes_are_unknown_or_unfinished(book, code):
    assert not book.valid(code)
    assert book.known(code) == (code == "T36.0X5")


def test_leaves_are_the_codes_that_may_be_reported(book, shelf):
    assert book.leaves("E11.42") == ("E11.42",)
    assert book.leaves("E11.6") == tuple(c for c in book._list.descendants("E11.6") if book.valid(c))
    assert len(book.leaves("W19")) == 3
    assert book.leaves("Q99.99") == ()
    assert set(on(shelf, 2026, 10, 1).leaves("I42.0")) == {"I42.00", "I42.01", "I42.09"}
    assert on(shelf, 2025, 9, 30).leaves("G35") == ("G35",)


def test_a_code_newer_than_the_list_is_untitled_but_has_its_place(shelf):
    book = on(shelf, 2026, 10, 1)
    assert book.valid("C78.31")
    assert book.untitled("C78.31")
    assert not book.untitled("E11.42")
    assert not book.untitled("nonsense")
    assert book.title("C78.31") == ""
    assert (book.ancestors("C78.31"), book.block("C78.31")) == (("C78.3", "C78"), "C76-C80")
    assert book.notes("C78.31", "excludes1") == book.notes("C78.3", "excludes1") != ()


def test_every_code_valid_in_the_lists_own_edition_has_a_title(shelf):
    book = on(shelf, 2026, 4, 1)
    assert [c for c in shelf.icd10cm.validity.codes("", book.day) if book.untitled(c)] == []


@settings(deadline=None)  # a chapter has fifty thousand codes
@given(st.text("ABEGIMSTWXZ0123456789.", max_size=9))
def test_any_string_is_answered(shelf_book, text):
    assert shelf_book.known(text) == (shelf_book.entry(text) is not None)
    assert shelf_book.untitled(text) == (shelf_book.valid(text) and not shelf_book.known(text))
    assert all(text.startswith(a) for a in shelf_book.ancestors(text) if shelf_book.known(text))
    assert all(shelf_book.valid(leaf) for leaf in shelf_book.leaves(text))
    assert shelf_book.in_force(text) is None or shelf_book.valid(shelf_book.in_force(text))


@pytest.fixture(scope="session")
def shelf_book(book):
    return book
