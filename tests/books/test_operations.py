from itertools import product

import pytest

from chartcode.books import Books
from chartcode.books.operations import APPROACH, CUES, LITERAL, PART, SIDE, Element, pattern, split


def values(element: Element) -> list[str]:
    """Every character that an element may become, ``?`` for what the record decides."""
    if element.kind in (LITERAL, SIDE):
        return list(element.values[0][1].strip("[]"))
    if element.kind == CUES:
        return [c for _, value in element.values for c in (value.strip("[]") or "?")]
    return ["?"]


def test_a_pattern_has_seven_elements():
    elements = pattern("0SR[9B]0(a b:4,:J)(@:0)")
    assert [e.kind for e in elements] == [LITERAL, LITERAL, LITERAL, SIDE, LITERAL, CUES, APPROACH]
    assert elements[5].values == (("a b", "4"), ("", "J"))
    with pytest.raises(ValueError, match="seven elements"):
        pattern("0SR9")


def test_several_patterns_are_parted_by_spaces_outside_of_parentheses():
    assert split("0UT90ZZ 0UTC(a b:0,:4)ZZ") == ["0UT90ZZ", "0UTC(a b:0,:4)ZZ"]


def test_every_row_leads_to_codes_of_the_tables(books: Books):
    for operation in books.operations:
        if "told" in operation.options:  # from the index, whose body parts not every table has
            continue
        for elements in operation.patterns:
            if any(e.kind == PART for e in elements):
                continue
            codes = ("".join(chosen) for chosen in product(*map(values, elements)))
            assert any(books.icd10pcs.complete(code) for code in codes), operation.name


def test_plain_words_of_a_row_without_choices_make_valid_codes(books: Books):
    for operation in books.operations:
        for elements in operation.patterns:
            if all(e.kind == LITERAL for e in elements):
                assert books.icd10pcs.valid("".join(e.values[0][1] for e in elements)), operation.name


def test_a_single_letter_is_no_phrase(books: Books):
    key = books.lexicon.key(["d"])
    assert books.operations._table.place(key) == -1
