from __future__ import annotations

import timeit
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books import ICD10CM


def kept_apart(book: ICD10CM, *codes: str) -> set[frozenset[str]]:
    return {frozenset((one, other)) for one, other, _ in book.exclusive_pairs(codes)}


# --- inheritance ------------------------------------------------------------------------------------------------


def test_notes_are_inherited_nearest_first(book):
    places = [note.at for note in book.notes("E11.42", "excludes1")]
    assert places == sorted(places, key=["E11.42", "E11.4", "E11", "E08-E13", "4"].index)
    assert "E11" in places
    assert {note.at for note in book.use_additional("E11.42")} == {"E11"}
    assert {note.at for note in book.notes("S52.501A", "excludes2")} >= {"S50-S59"}


def test_a_block_without_categories_hands_its_notes_down(book):
    assert "V00-V99" in {note.at for note in book.notes("V01.00XA", "excludes1")}
    assert "V00-V99" not in {note.at for note in book.notes("W19.XXXA", "excludes1")}


def test_a_note_knows_the_line_that_leads_it(book):
    notes = [note for note in book.code_first("D77") if note.lead]
    assert notes
    assert all(note.lead == "underlying disease, such as:" for note in notes)


def test_the_table_of_visual_impairment_stands_at_its_category(book):
    lines = [note.text for note in book.notes("H54.0X33", "notes") if note.lead]
    assert lines[0] == "1: less than 6/18, 3/10(0.3), 20/70; equal to or better than 6/60, 1/10(0.1), 20/200"
    assert lines[4] == "5: No light perception"


def test_kinds_of_note(book):
    assert book.code_first("F02.80")
    assert book.code_also("K57.20")[0].targets == ("K65",)
    assert any("uncontrolled" not in note.text for note in book.notes("I10", "includes"))
    assert book.notes("E11.42", "inclusion term") != ()
    assert book.notes("Q99.99X", "excludes1") == book.notes("Q99", "excludes1")


# --- what a note covers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "inside", "outside"),
    [
        ("E08-E13", "E08 E08.00 E11.42 E13.9", "E07.9 E14 E15 4 E08-E13"),
        ("I10-I1A", "I10 I16.9 I1A.0", "I09.9 I20.0"),
        ("K57", "K57 K57.20", "K58.0"),
        ("Z79.4", "Z79.4", "Z79 Z79.84"),
        ("C76-C80", "C76.0 C79.9 C80.1", "C7A.00 C7B.00 C75.9"),  # in the list C7A stands before C76
        ("M05-M14", "M1A.00X0 M10.9", "M15.0"),  # and M1A after M10
        ("D37-D48", "D37.01 D48.9", "D3A.00 D49.0"),
        ("T40.0-T40.2", "T40.0X1A T40.2X5A", "T40.3X1A"),
        ("T36-T50 with fifth or sixth character 5", "T45.515A T39.95XA T36.0X5D", "T45.511A T36 T51.0X1A"),
        ("E08-E13 with .51, .52", "E11.51 E09.52", "E11.59 E11.5"),
        ("I69 with 5th and 6th characters 20", "I69.320", "I69.321"),
        ("S02 with 7th character B", "S02.0XXB S02.119B", "S02.0XXA S02.119"),
        ("S06.0X0A", "S06.0X0A", "S06.0X0D S06.0X1A S06.0X0"),
        ("R10.1-R10.4", "R10.11 R10.33", "R10.0 R10.84"),  # there is no R10.4 any more
        ("G35.D", "G35.D", "G35 G35.A"),
    ],
)
def test_what_a_target_covers(book, target, inside, outside):
    assert [code for code in inside.split() if not book.covers((target,), code)] == []
    assert [code for code in outside.split() if book.covers((target,), code)] == []


def test_a_code_newer_than_the_list_is_covered_with_its_beginning(shelf):
    book = shelf.at(date(2026, 10, 1)).icd10cm
    assert book.covers(("C76-C80",), "C78.31")
    assert book.covers(("C78.3",), "C78.31")
    assert not book.covers(("C78.30",), "C78.31")


def test_no_target_covers_nothing(book):
    assert not book.covers((), "I10")
    assert not book.covers(("I10",), "")
    assert not book.covers(("I10",), "no code")


def test_a_target_covers_what_is_below_what_it_covers(book):
    targets = [
        row[0] for row in book._list._pages.all("SELECT DISTINCT targets FROM note WHERE targets <> '' ORDER BY id")
    ]
    for joined in targets[::40]:
        for target in joined.split("|"):
            first = target.split(" ")[0].split("-")[0]
            if " with " not in target:
                assert book.covers((target,), first), target
                assert all(book.covers((target,), leaf) for leaf in book.leaves(first)), target


def test_every_condition_in_the_book_is_met_by_some_code(book):
    rows = book._list._pages.all("SELECT DISTINCT targets FROM note WHERE targets LIKE '% with %'")
    conditions = {target for row in rows for target in row[0].split("|") if " with " in target}
    assert len(conditions) > 40
    barren = []
    for target in conditions:
        first, last = book._list.span(target)
        reach = [book._list.by_id(n).code for n in range(first, last + 1) if book._list.by_id(n).leaf]
        if not any(book.covers((target,), leaf) for code in reach for leaf in book.leaves(code)):
            barren.append(target)
    assert barren == []


def test_what_a_note_covers_is_what_its_stored_numbers_say(book):
    for node in range(1, 47_000, 97):
        for note in book._list.own_notes(node):
            assert tuple(book._list.span(target) for target in note.targets) == note.spans


# --- what excludes what -----------------------------------------------------------------------------------------


def test_pairs_that_exclude_each_other(book):
    assert kept_apart(book, "E11.9", "E10.9") == {frozenset(("E11.9", "E10.9"))}
    assert kept_apart(book, "E11.9", "I10") == set()
    assert kept_apart(book, "Z87.891", "F17.210") == {frozenset(("Z87.891", "F17.210"))}


def test_a_pair_is_named_once_in_the_order_given_with_the_note(book):
    pairs = list(book.exclusive_pairs(["E11.9", "E10.9", "E11.9", "I10"]))
    assert [(one, other) for one, other, _ in pairs] == [("E11.9", "E10.9")]
    note = pairs[0][2]
    assert (note.kind, note.at) == ("excludes1", "E11")
    assert book.covers(note.targets, "E10.9")


def test_a_note_on_the_seventh_character_parts_only_those(book):
    # S01 excludes open skull fractures, "S02.- with 7th character B"
    assert kept_apart(book, "S01.01XA", "S02.0XXB")
    assert not kept_apart(book, "S01.01XA", "S02.0XXA")


def test_a_note_that_points_into_its_own_part_of_the_list_parts_nothing(book):
    # the note at D72 names D72.824
    assert not kept_apart(book, "D72.824", "D72.829")
    assert not kept_apart(book, "D72.824", "D72.0")


# fmt: off
CODES = [
    "E11.9", "E10.9", "E11.42", "E08.9", "I10", "I11.0", "I13.0", "N18.30", "N17.9", "I50.9", "J44.9", "J44.1",
    "J45.909", "J18.9", "J96.01", "F17.210", "Z87.891", "F32.A", "F33.1", "G47.33", "K21.9", "K57.20", "R07.9",
    "R10.9", "R10.11", "R65.20", "A41.9", "S02.0XXB", "S01.01XA", "S06.0X0A", "D64.9", "D72.824", "D72.829",
    "T45.515A", "T45.511A", "C78.00", "C34.90", "M1A.00X0", "M10.9", "Z79.4", "Z79.84", "nonsense",
]
# fmt: on


@given(codes=st.lists(st.sampled_from(CODES), max_size=12))
def test_pairs_answer_as_a_plain_reading_does(shelf_book, codes):
    """The indexed answer equals the slow one: any inherited note of one code that covers the other."""

    def plain(one: str, other: str) -> bool:
        for note in shelf_book.notes(one, "excludes1"):
            home = shelf_book._list.lineage(note.at)[0]
            inward = any(home.id <= first and last <= home.last for first, last in note.spans)
            if shelf_book.covers(note.targets, other) and not inward:
                return True
        return False

    expected = {frozenset(p) for p in combinations(dict.fromkeys(codes), 2) if plain(*p) or plain(*reversed(p))}
    assert kept_apart(shelf_book, *codes) == expected
    assert kept_apart(shelf_book, *reversed(codes)) == expected


@pytest.fixture(scope="session")
def shelf_book(book):
    return book


def test_twenty_five_codes_are_answered_in_under_a_millisecond(book):
    codes = CODES[:25]
    best = min(timeit.repeat(lambda: list(book.exclusive_pairs(codes)), number=10, repeat=5)) / 10
    assert best < 0.001
