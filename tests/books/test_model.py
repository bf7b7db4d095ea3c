from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.model import Forest, Linear, Model, Phrases, shipped_arrays
from chartcode.books.words import phrase_key, word_hash
from chartcode.model.case import MODES

NUMBERS = st.floats(-1e6, 1e6)


@pytest.fixture(scope="module")
def shipped():
    return Model(shipped_arrays())


def forest(**changes):
    """Two trees over two features: a stump on the first, and one of two levels that asks both."""
    made = Forest(
        names=("one", "two"),
        feature=np.array([0, 0, 0, 1, 0, 0, 0, 0], dtype=np.int16),
        split=np.array([0.5, 0, 0, 2.0, 0, 1.0, 0, 0]),
        left=np.array([1, -1, -1, 4, -1, 6, -1, -1], dtype=np.int32),
        right=np.array([2, -1, -1, 5, -1, 7, -1, -1], dtype=np.int32),
        value=np.array([0.0, -1.0, 1.0, 0.0, 0.25, 0.0, -0.5, 2.0]),
        roots=np.array([0, 3], dtype=np.int32),
        base=0.1,
        scale=(1.0, 0.0),
        threshold=0.5,
        sure=0.9,
        priors={},
    )
    return replace(made, **changes)


def by_hand(one, two):
    raw = 0.1 + (1.0 if one > 0.5 else -1.0)
    raw += 0.25 if two <= 2.0 else (2.0 if one > 1.0 else -0.5)
    return 1.0 / (1.0 + np.exp(-raw))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=10))
def test_trees_are_walked_as_one_would_by_hand(rows):
    found = forest().scores(np.array(rows))
    assert found == pytest.approx([by_hand(*row) for row in rows])


def test_a_value_at_the_split_goes_left():
    assert forest().scores(np.array([[0.5, 2.0]])) == pytest.approx([by_hand(0.5, 2.0)])


def test_the_depth_is_that_of_the_deepest_tree():
    assert forest().depth == 2
    assert forest(roots=np.array([0], dtype=np.int32)).depth == 1


def test_the_scale_calibrates():
    rows = np.array([[1.0, 0.0]])
    raw = float(np.log(forest().scores(rows) / (1 - forest().scores(rows)))[0])
    assert forest(scale=(2.0, -1.0)).scores(rows) == pytest.approx([1 / (1 + np.exp(-(2.0 * raw - 1.0)))])


def test_no_rows_no_scores():
    assert forest().scores(np.zeros((0, 2))).shape == (0,)
    assert line().scores(np.zeros((0, 2))).shape == (0,)


def line():
    return Linear(("one", "two"), np.array([2.0, 0.0]), np.array([1.0, 5.0]), np.array([0.5, 1.0]), -1.0, {})


def test_a_linear_model_standardises():
    found = line().scores(np.array([[1.0, 7.0], [1.5, -3.0]]))
    assert found == pytest.approx([1 / (1 + np.e), 1 / (1 + np.exp(-1.0))])


def phrases(abbreviations=None):
    chest, fever = phrase_key(["chest", "pain"]), phrase_key(["fever"])
    (first, one), (second, two) = sorted([(chest, (0, 1)), (fever, (2,))])
    return Phrases(
        {
            "phrase_keys": np.array([first, second], dtype=np.uint64),
            "phrase_starts": np.array([0, len(one), 3]),
            "phrase_codes": np.array([*one, *two]),
            "phrase_shares": np.array([0.75, 0.25, 0.5] if one == (0, 1) else [0.5, 0.75, 0.25]),
            "code_names": ["R07.9", "R07.89", "R50.9"],
        },
        abbreviations or {},
    )


def test_a_phrase_gives_its_codes_with_their_shares():
    assert phrases().codes("pain chest") == (("R07.9", 0.75), ("R07.89", 0.25))
    assert phrases().codes("fever") == (("R50.9", 0.5),)
    assert phrases().codes("cough") == ()
    assert phrases().codes("") == ()


def test_an_abbreviation_stands_for_its_words():
    assert phrases({"cp": phrase_key(["chest", "pain"])}).codes("cp") == phrases().codes("chest pain")


def test_a_model_without_phrases_knows_none():
    empty = Phrases(
        {
            "phrase_keys": np.zeros(0, dtype=np.uint64),
            "phrase_starts": np.zeros(1, dtype=int),
            "phrase_codes": np.zeros(0, dtype=int),
            "phrase_shares": np.zeros(0),
            "code_names": [],
        },
        {},
    )
    assert empty.codes("fever") == ()
    assert empty.find(np.array([1, 2], dtype=np.uint64)).tolist() == [-1, -1]


def test_the_shipped_model_has_a_forest_for_each_mode(shipped):
    assert shipped.version
    assert set(MODES) <= set(shipped.forests)
    for made in shipped.forests.values():
        assert 0 < made.threshold < 1
        assert made.threshold <= made.sure, "what is sure is reported"
        scores = made.scores(np.zeros((3, len(made.names))))
        assert scores.shape == (3,)
        assert ((scores > 0) & (scores < 1)).all()
        assert np.ptp(scores) == 0


def test_every_tree_of_the_shipped_model_is_whole(shipped):
    for made in shipped.forests.values():
        nodes = len(made.left)
        assert (made.left < nodes).all()
        assert ((made.left < 0) == (made.right < 0)).all()
        assert (made.feature < len(made.names)).all()
        inner = made.left >= 0
        # Children come after their parent, so no walk can go round.
        assert (made.left[inner] > np.flatnonzero(inner)).all()
        assert (made.right[inner] > np.flatnonzero(inner)).all()


def test_the_shipped_phrases_hold_no_words_and_shares_are_shares(shipped):
    arrays = shipped_arrays()
    assert arrays["phrase_keys"].dtype == np.uint64
    assert (np.diff(arrays["phrase_keys"].astype(object)) > 0).all()
    assert (np.diff(arrays["phrase_starts"]) >= 0).all()
    assert ((arrays["phrase_shares"] > 0) & (arrays["phrase_shares"] <= 1)).all()
    assert shipped.phrases.hash("fever") == word_hash("fever")
