"""Which Spanish sentences stand behind which English lines.

The translation keeps the order of the text and writes one line for what was translated at once, mostly one sentence. A
dynamic program finds the monotone pairing that maximises shared words (cognates and numbers at first, a learned
dictionary afterwards), at lengths in proportion (after Gale and Church 1993).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cognates import skeleton
from parallel import Document, Token, lines, sentences, tokens

# How many Spanish sentences meet how many English lines, and what a pairing of that shape costs.
_SHAPES: Mapping[tuple[int, int], float] = {
    (1, 1): 0.0, (2, 1): 1.5, (3, 1): 2.5, (4, 1): 3.5, (5, 1): 4.5, (1, 2): 2.0, (1, 3): 4.0, (2, 2): 4.0,
    (1, 0): 4.0, (0, 1): 4.0,
}  # fmt: skip
_LINE_CROSSED = 3.0  # a Spanish line break lies inside the pairing
_LENGTH_WEIGHT = 0.8
_ENGLISH_PER_SPANISH = 0.88

Dictionary = Callable[[str], Sequence[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of one document that translate each other: their tokens, in order."""

    document: int
    spanish: tuple[Token, ...]
    english: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Segment:
    tokens: tuple[Token, ...]
    opens_line: bool


def align_sentences(number: int, document: Document, dictionary: Dictionary | None = None) -> list[Bead]:
    """Pair the sentences of a document.

    Args:
        number: what the beads carry as their document.
        document: both texts.
        dictionary: folded Spanish word -> (folded English word, probability); without it cognates and numbers serve.

    Returns:
        Beads with words on both sides, in order of the text.
    """
    spanish = [
        _Segment(tuple(tokens(document.spanish, a, b, "es")), opens) for a, b, opens in sentences(document.spanish)
    ]
    english = [
        _Segment(tuple(tokens(document.english, a, b, "en")), opens_line=True) for a, b in lines(document.english)
    ]
    # A list number alone on its line stands for a blank line of the Spanish text.
    spanish = [segment for segment in spanish if segment.tokens]
    english = [
        segment for segment in english if len(segment.tokens) > 1 or any(t.form[0].isalpha() for t in segment.tokens)
    ]
    shared = _shared_words(spanish, english, dictionary)
    beads = []
    for (a, b), (c, d) in _best_path(spanish, english, shared):
        left = tuple(token for segment in spanish[a:b] for token in segment.tokens)
        right = tuple(token for segment in english[c:d] for token in segment.tokens)
        if left and right:
            beads.append(Bead(number, left, right))
    return beads


def _shared_words(
    spanish: Sequence[_Segment], english: Sequence[_Segment], dictionary: Dictionary | None
) -> list[list[float]]:
    """Weight of the words that each Spanish sentence shares with each English line; frequent words weigh little."""
    places: dict[str, list[int]] = {}
    for j, segment in enumerate(english):
        for word in {_key(token.form, dictionary) for token in segment.tokens}:
            places.setdefault(word, []).append(j)
    shared = [[0.0] * len(english) for _ in spanish]
    for row, segment in zip(shared, spanish, strict=True):
        for word in {_key(token.form, dictionary) for token in segment.tokens}:
            translations = dictionary(word) if dictionary else ((word, 1.0),) if len(word) > 3 or word.isdigit() else ()
            for translation, probability in translations:
                where = places.get(translation, ())
                for j in where:
                    row[j] += 2.0 * probability / len(where)
    return shared


def _key(form: str, dictionary: Dictionary | None) -> str:
    return form if dictionary else skeleton(form)[:5]


def _best_path(
    spanish: Sequence[_Segment], english: Sequence[_Segment], shared: Sequence[Sequence[float]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    rows, columns = len(spanish), len(english)
    spanish_length = [0, *_running(spanish)]
    english_length = [0, *_running(english)]
    best = [[-math.inf] * (columns + 1) for _ in range(rows + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1):
            for (di, dj), cost in _SHAPES.items():
                if di > i or dj > j or best[i - di][j - dj] == -math.inf:
                    continue
                score = best[i - di][j - dj] - cost
                if di and dj:
                    score += sum(shared[a][b] for a in range(i - di, i) for b in range(j - dj, j))
                    score -= _LINE_CROSSED * sum(spanish[a].opens_line for a in range(i - di + 1, i))
                    score -= _disproportion(
                        spanish_length[i] - spanish_length[i - di], english_length[j] - english_length[j - dj]
                    )
                if score > best[i][j]:
                    best[i][j] = score
                    step[i][j] = (di, dj)
    path = []
    i, j = rows, columns
    while i or j:
        di, dj = step[i][j]
        path.append(((i - di, i), (j - dj, j)))
        i, j = i - di, j - dj
    return path[::-1]


def _running(segments: Sequence[_Segment]) -> list[int]:
    total, sums = 0, []
    for segment in segments:
        total += segment.tokens[-1].end - segment.tokens[0].start
        sums.append(total)
    return sums


def _disproportion(spanish: int, english: int) -> float:
    expected = spanish * _ENGLISH_PER_SPANISH
    deviation = (english - expected) ** 2 / (2.0 * 4.0 * (expected + 1.0))
    return _LENGTH_WEIGHT * min(deviation, 8.0)
