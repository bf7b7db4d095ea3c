from bench.counts import Tally, total
from bench.sets.negex import Sentence

from bench import negex_scores

SENTENCES = [
    Sentence("1", "no PAIN", 3, 7, negated=True),
    Sentence("1", "has PAIN", 4, 8, negated=False),
    Sentence("2", "without RASH", 8, 12, negated=True),
    Sentence("3", "possible FLU", 9, 12, negated=False),
]
SAID = ["negated", "negated", "affirmed", "possible"]


def test_both_labels_by_hand():
    assert total(negex_scores.tallies(SENTENCES, SAID, negated=True)) == Tally(1, 2, 1, 2)
    assert total(negex_scores.tallies(SENTENCES, SAID, negated=False)) == Tally(1, 2, 1, 2)
    assert len(negex_scores.tallies(SENTENCES, SAID, negated=True)) == 3


def test_every_mistake_is_shown_with_its_words():
    assert negex_scores.mistakes(SENTENCES, SAID) == [
        "- report 1: affirmed, said to be negated: has **PAIN**",
        "- report 2: negated, said to be affirmed: without **RASH**",
    ]


def test_the_report():
    text = negex_scores.report(SENTENCES, SAID)
    assert "| negated   | .500 | .500 | .500 |" in text
    assert "possible" in text
