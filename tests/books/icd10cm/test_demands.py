"""What a code asks for besides itself, as sets of codes."""

import pytest


def note(book, code, kind, words):
    return next(n for n in book.notes(code, kind) if words in n.text)


def test_what_must_come_before_a_manifestation(book):
    (demand, *_) = [d for d in book.must_follow("I43") if d.note.targets]
    assert demand.note.at == "I43"
    assert all(book.covers(demand.note.targets, code) and book.valid(code) for code in demand.codes)
    assert {code[:3] for d in book.must_follow("I43") for code in d.codes} >= {"E85"}
    assert book.must_follow("I10") == ()


def test_what_is_to_be_coded_besides(book):
    found = {code for demand in book.wants("N39.0") for code in demand.codes}
    assert "B96.20" in found
    assert not any(code.startswith("N39") for code in found)
    kinds = {demand.note.kind for demand in book.wants("J44.0")}
    assert kinds == {"use additional", "code also"}


def test_a_range_with_a_condition_on_characters_becomes_the_codes_that_meet_it(book):
    adverse = next(
        n for n in book.use_additional("K85.30") if n.targets and "with fifth or sixth character 5" in n.targets[0]
    )
    codes = book.codes(adverse)
    assert len(codes) > 500
    assert "T38.0X5A" in codes
    assert all("5" in code[4:7] for code in codes)
    assert not {"T38.0X1A", "T38.0X6A"} & set(codes)


def test_the_set_of_a_note_is_what_the_note_covers(book):
    for code in ("E11.22", "J18.9", "F02.80", "O24.012"):
        for demand in (*book.must_follow(code), *book.wants(code)):
            assert list(demand.codes) == list(dict.fromkeys(demand.codes))
            assert all(book.covers(demand.note.targets, c) for c in demand.codes)
            if demand.note.targets:
                assert demand.codes, demand.note


def test_a_note_in_words_alone_names_no_codes(book):
    (named, in_words) = ([d for d in book.must_follow("I43") if bool(d.note.targets) is b] for b in (True, False))
    assert all(demand.codes for demand in named)
    assert in_words
    assert not any(demand.codes for demand in in_words)


@pytest.mark.parametrize(
    ("code", "sides"),
    [
        ("M25.561", {"left": "M25.562", "unspecified": "M25.569"}),
        ("S93.401D", {"left": "S93.402D", "unspecified": "S93.409D"}),
        ("I10", {}),
    ],
)
def test_an_entry_knows_its_siblings_of_other_sides(book, code, sides):
    assert book.entry(code).sides == sides


def test_an_entry_has_the_notes_that_it_inherits(book):
    entry = book.entry("E11.42")
    assert list(dict.fromkeys(n.at for n in entry.inherited)) == ["E11", "4"]
    assert all(n.at == "E11.42" for n in entry.notes)
    every = {(n.kind, n.text) for n in (*entry.notes, *entry.inherited)}
    assert {("excludes1", n.text) for n in book.notes("E11.42", "excludes1")} <= every
    seventh = book.entry("S93.401A")
    assert seventh.notes == ()
    assert {n.at for n in seventh.inherited} >= {"S90-S99"}
