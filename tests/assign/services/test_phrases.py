from hypothesis import given
from hypothesis import strategies as st

from chartcode.assign.services.found import compiled
from chartcode.assign.services.imaging import contrast_and_views
from chartcode.assign.services.levels import bones, discs
from chartcode.assign.services.phrases import Phrases, tokens


def found(phrases: Phrases, text: str) -> set[int]:
    return {hit.row for hit in phrases.find(phrases.places([w for w, _, _ in tokens(text)]))}


def test_a_phrase_is_a_bag_of_terms() -> None:
    phrases = Phrases.of(
        [(1, ["@out gallbladder"]), (2, ["orif ankle"]), (3, ["biops* -needle"])], {"@out": "remov*/excis*"}
    )
    assert found(phrases, "The gallbladder was removed") == {1}
    assert found(phrases, "ORIF, left ankle") == {2}
    assert found(phrases, "open biopsy") == {3}
    assert found(phrases, "needle biopsy") == set()


def test_whole_phrases_and_pairs_of_words() -> None:
    phrases = Phrases.of([(1, ["{fix} ankle"]), (2, ["below-knee amputat*"])], {"{fix}": "orif; open reduct*"})
    assert found(phrases, "open reduction of the ankle") == {1}
    assert found(phrases, "amputation below the knee") == set()
    assert found(phrases, "below-knee amputation") == {2}


@given(st.text(max_size=300))
def test_tokens_lie_where_they_say(text: str) -> None:
    for word, start, end in tokens(text):
        assert 0 <= start < end <= len(text.lower())
        assert word


@given(st.text(max_size=300))
def test_no_text_breaks_the_compiled_phrases(text: str) -> None:
    words = [w for w, _, _ in tokens(text)]
    for hit in compiled().find(compiled().places(words)):
        assert max(hit.places) < len(words)


def test_contrast_and_views() -> None:
    assert contrast_and_views("MRI with and without contrast") == ["+wwo"]
    assert contrast_and_views("CT without contrast") == ["+wo"]
    assert contrast_and_views("CT with intravenous contrast") == ["+w"]
    assert contrast_and_views("PA and lateral chest") == ["+2v"]
    assert contrast_and_views("three views of the ankle") == ["+3v"]


def test_levels() -> None:
    assert len(discs("L3-S1")) == 3
    assert len(discs("L4-5")) == 1
    assert len(bones("kyphoplasty of T7 and T9")) == 2
    assert discs("T4 N1 M0") == set()
