import pytest

from chartcode.books.index.finding import Part


@pytest.fixture(scope="module")
def part(books):
    """The derived index of diseases, which every shelf has."""
    return Part(books.index._derived, "index")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("pneumonia", ("Pneumonia",)),
        ("Pneumonias", ("Pneumonia",)),
        ("viral pneumonia", ("Pneumonia", "viral")),
        ("Pneumonia, viral", ("Pneumonia", "viral")),
        ("acute appendicitis", ("Appendicitis", "acute")),
    ],
)
def test_words_lead_to_a_row(part, words, path):
    assert part.path(next(part.rows(words))) == path


def test_a_way_is_walked_whole_or_not_at_all(part):
    assert list(part.way("Pneumonia, of the third moon")) == []


def test_words_that_lead_nowhere(part):
    assert list(part.rows("qwertz")) == []
    assert list(part.rows("")) == []
