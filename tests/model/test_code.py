"""Codes: their shapes and spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.model.code import CPT, ICD10CM, SYSTEMS, Code, dotted, icd10cm, looks_like_icd10cm


@pytest.mark.parametrize(
    ("written", "printed"),
    [("e1142", "E11.42"), (" I10 ", "I10"), ("S52.501A", "S52.501A"), ("w19xxxa", "W19.XXXA"), ("U071", "U07.1")],
)
def test_any_spelling_becomes_the_printed_one(written, printed):
    assert icd10cm(written) == Code(ICD10CM, printed)
    assert str(icd10cm(written)) == printed


@pytest.mark.parametrize("words", ["", "pneumonia", "99213", "I1", "E11.", "E11.42.1", "S52.501AA", "0DTJ4ZZ", "é11"])
def test_what_has_not_the_shape_of_a_code_is_refused(words):
    assert not looks_like_icd10cm(words)
    with pytest.raises(ValueError, match="write it like"):
        icd10cm(words)


@given(st.from_regex(r"[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}", fullmatch=True))
def test_the_dot_comes_and_goes_without_loss(bare):
    printed = dotted(bare)
    assert printed.replace(".", "") == bare
    assert dotted(printed) == dotted(printed.lower()) == printed
    assert looks_like_icd10cm(printed)


@given(st.text(max_size=9))
def test_no_text_breaks_the_shape_test(text):
    assert looks_like_icd10cm(text) in (True, False)


def test_codes_sort_and_serve_as_keys():
    assert sorted([Code(ICD10CM, "I10"), Code(CPT, "99213")]) == [Code(CPT, "99213"), Code(ICD10CM, "I10")]
    assert len({icd10cm("I10"), icd10cm("i10")}) == 1
    assert len(set(SYSTEMS)) == len(SYSTEMS)
