"""The evidence of each gold code, found in the English text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parallel import ENGLISH_FUNCTION_WORDS, Document, Evidence
from projection import Phrase, Place, Projection
from word_alignment import WordAlignment

LEAST_SCORE = 0.5
_LONGEST_PHRASE = 10


@dataclass(frozen=True, slots=True)
class EnglishEvidence:
    """English words for a gold code: offsets of the pieces in the English text, in order, and belief in [0, 1]."""

    document: Document
    source: Evidence
    pieces: tuple[tuple[int, int], ...]
    score: float
    text: str = field(repr=False)


class Bearings:
    """Where the words of each document lie in the sentence pairs."""

    def __init__(self, alignment: WordAlignment) -> None:
        self.alignment = alignment
        self._beads: Mapping[int, list[int]] = defaultdict(list)
        for number, bead in enumerate(alignment.beads):
            self._beads[bead.document].append(number)

    def places(self, document: int, start: int, end: int) -> list[Place]:
        """Words of a stretch of Spanish text, one place for each sentence pair that it touches."""
        found = []
        for number in self._beads[document]:
            words = self.alignment.beads[number].spanish
            inside = [k for k, token in enumerate(words) if token.start < end and token.end > start]
            if inside:
                found.append(Place(number, inside[0], inside[-1] + 1))
        return found

    def occurrences(self, phrases: frozenset[Phrase]) -> Iterator[Place]:
        """Every place in the corpus where one of the phrases stands."""
        longest: dict[str, int] = defaultdict(int)
        for phrase in phrases:
            longest[phrase[0]] = max(longest[phrase[0]], min(len(phrase), _LONGEST_PHRASE))
        for number, bead in enumerate(self.alignment.beads):
            forms = tuple(token.form for token in bead.spanish)
            for start, form in enumerate(forms):
                for length in range(1, min(longest.get(form, 0), len(forms) - start) + 1):
                    if forms[start : start + length] in phrases:
                        yield Place(number, start, start + length)


def project_evidence(
    documents: Sequence[Document], bearings: Bearings, projection: Projection
) -> Iterator[EnglishEvidence | None]:
    """English evidence of each gold mention in order of the corpus; None where the translation has lost it."""
    beads = bearings.alignment.beads
    for number, document in enumerate(documents):
        for evidence in document.evidence:
            pieces: list[tuple[int, int]] = []
            scores: list[float] = []
            for a, b in evidence.pieces:
                for place in bearings.places(number, a, b):
                    window = projection.window(place)
                    scores.append(window.score if window else 0.0)
                    if window:
                        words = beads[place.bead].english[window.start : window.end]
                        pieces.append((words[0].start, words[-1].end))
            if not pieces or min(scores) < LEAST_SCORE:
                yield None
                continue
            joined = tuple(_join(document.english, pieces))
            text = " ... ".join(document.english[a:b] for a, b in joined)
            yield EnglishEvidence(document, evidence, joined, round(sum(scores) / len(scores), 3), text)


def _join(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Order the pieces and join those between which only function words or punctuation stand on the same line."""
    ordered = sorted(pieces)
    start, end = ordered[0]
    for a, b in ordered[1:]:
        between = text[end:a]
        words = between.replace(",", " ").lower().split()
        if a <= end or (
            "\n" not in between and all(word in ENGLISH_FUNCTION_WORDS for word in words) and "." not in between
        ):
            end = max(end, b)
        else:
            yield start, end
            start, end = a, b
    yield start, end
