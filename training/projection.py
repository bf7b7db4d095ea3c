"""Where a Spanish phrase went in the English text.

Each occurrence of a phrase in a sentence pair is matched with every English window of the pair; a window is good if the
words inside come from the phrase and the words outside do not, seen from both languages (constrained phrase alignment,
after Vogel 2005). Then all occurrences of the same Spanish phrase in the corpus vote: a rendering that is frequent
elsewhere is believed sooner here.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parallel import ENGLISH_FUNCTION_WORDS, SPANISH_FUNCTION_WORDS, Token
from word_alignment import WordAlignment

Phrase = tuple[str, ...]
Reals = NDArray[np.float64]
Indices = NDArray[np.intp]

_LEAST, _MOST = 0.02, 0.98
_EMPTY_INSIDE = 0.4  # how far an English word without origin is at home in the window
_EMPTY_LOST = 0.15  # how far a Spanish word may have been left untranslated
_FUNCTION_WEIGHT = 0.3
_KEPT = 8  # windows kept for each occurrence
_VOTE_WEIGHT = 1.0
_VOTE_PRIOR = 1.0  # occurrences' worth of doubt in the vote
_RARE_RENDERING = 1e-3
_ROUNDS = 3
_LOST = 0.2  # a Spanish word with less of its links inside has no counterpart there
# A rendering that is usual elsewhere is believed although its links are weak; one unheard of elsewhere is doubted.
_FEW_VOTERS = 4
_USUAL = 0.25
_UNHEARD = 0.01
_UNHEARD_BELIEF = 0.7


@dataclass(frozen=True, slots=True)
class Place:
    """Consecutive Spanish words [start, end) of a sentence pair."""

    bead: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """English words [start, end) of a sentence pair as rendering of a Spanish phrase.

    Attributes:
        words: folded English words without function words, on which renderings are compared.
        fit: log score of the links.
        cover: share of the Spanish words' links that end inside.
        lost: share of the Spanish content words that have no counterpart inside.
        purity: share of the English words inside that come from the phrase.
        share: probability of this window among those of the occurrence.
        vote: share of the other occurrences of the phrase that are rendered alike.
        voters: the number of other occurrences.
    """

    start: int
    end: int
    words: Phrase
    fit: float
    cover: float
    lost: float
    purity: float
    share: float
    vote: float = 0.0
    voters: int = 0

    @property
    def score(self) -> float:
        """Belief in [0, 1] that the window expresses the phrase and nothing else."""
        belief = math.sqrt(self.cover * self.purity) * (0.5 + 0.5 * self.share) * (1.0 - self.lost)
        if self.voters < _FEW_VOTERS:
            return belief
        if self.vote >= _USUAL:
            return max(belief, self.share * math.sqrt(self.vote))
        return belief if self.vote > _UNHEARD else belief * _UNHEARD_BELIEF


class Projection:
    """Renderings of Spanish phrases: first `add` every place of interest, then `vote`, then ask for `window`."""

    def __init__(self, alignment: WordAlignment) -> None:
        self._alignment = alignment
        self._windows: dict[Place, list[Window]] = {}
        self._places: dict[Phrase, list[Place]] = defaultdict(list)
        self._links: tuple[int, tuple[Reals, Reals]] | None = None

    def phrase(self, place: Place) -> Phrase:
        """The folded Spanish words at a place."""
        return tuple(token.form for token in self._alignment.beads[place.bead].spanish[place.start : place.end])

    def add(self, places: Iterable[Place]) -> None:
        """Find the windows of each place that is not known yet; places of one bead are best added together."""
        for place in places:
            if place not in self._windows:
                self._windows[place] = self._candidates(place)
                self._places[self.phrase(place)].append(place)

    def vote(self) -> None:
        """Let the occurrences of each phrase inform each other (expectation maximisation, each without itself)."""
        for places in self._places.values():
            for _ in range(_ROUNDS):
                self._vote_once(places)

    def window(self, place: Place) -> Window | None:
        """The best window of a place, or None if nothing in the sentence answers it."""
        return max(self._windows[place], key=lambda window: (window.share, window.fit), default=None)

    def places(self) -> Iterator[tuple[Phrase, Sequence[Place]]]:
        """All phrases with their occurrences."""
        yield from self._places.items()

    def _vote_once(self, places: Sequence[Place]) -> None:
        counts: Counter[Phrase] = Counter()
        own: list[Counter[Phrase]] = []
        for place in places:
            mine: Counter[Phrase] = Counter()
            for window in self._windows[place]:
                mine[window.words] += window.share  # type: ignore[assignment]
            own.append(mine)
            counts.update(mine)
        others = max(len(places) - 1, 0)
        for place, mine in zip(places, own, strict=True):
            windows = self._windows[place]
            if not windows:
                continue
            weights, votes = [], []
            for window in windows:
                support = max(counts[window.words] - mine[window.words], 0.0)
                chance = (support + _VOTE_PRIOR * _RARE_RENDERING) / (others + _VOTE_PRIOR)
                weights.append(window.fit + _VOTE_WEIGHT * math.log(chance))
                votes.append(support / others if others else 0.0)
            top = max(weights)
            exponentials = [math.exp(weight - top) for weight in weights]
            total = sum(exponentials)
            self._windows[place] = [
                replace(w, vote=vote, voters=others, share=exponential / total)
                for w, vote, exponential in zip(windows, votes, exponentials, strict=True)
            ]

    def _candidates(self, place: Place) -> list[Window]:
        bead = self._alignment.beads[place.bead]
        if self._links is None or self._links[0] != place.bead:
            left, right = self._alignment.links(place.bead)
            self._links = (place.bead, (left.astype(np.float64), right.astype(np.float64)))
        from_spanish, to_english = self._links[1]
        rows = slice(place.start + 1, place.end + 1)
        size = len(bead.english)
        longest = min(size, 2 * (place.end - place.start) + 3)

        origin = from_spanish[rows, 1:].sum(0)
        at_home = np.minimum(origin + _EMPTY_INSIDE * from_spanish[0, 1:], 1.0)
        english_weight = _weights(bead.english, ENGLISH_FUNCTION_WORDS)
        gain = english_weight * (_log(at_home) - _log(1.0 - origin))
        reached = np.concatenate((np.zeros((len(to_english), 1)), np.cumsum(to_english[:, 1:], axis=1)), axis=1)[1:]
        spanish_weight = _weights(bead.spanish, SPANISH_FUNCTION_WORDS)
        inside = np.zeros(len(bead.spanish), dtype=bool)
        inside[place.start : place.end] = True
        if place.end - place.start == 1:
            spanish_weight[inside] = 1.0

        starts, ends = _windows(bead.english, longest)
        if not len(starts):
            return []
        mass = reached[:, ends] - reached[:, starts]
        kept = np.minimum(mass + _EMPTY_LOST * to_english[1:, :1], 1.0)
        fit = (spanish_weight[inside, None] * _log(kept[inside])).sum(0)
        fit += (spanish_weight[~inside, None] * _log(1.0 - mass[~inside])).sum(0)
        sums = np.concatenate(([0.0], np.cumsum(gain)))
        fit += sums[ends] - sums[starts]

        words = spanish_weight[inside]
        cover = (words[:, None] * mass[inside]).sum(0) / words.sum()
        content = words >= words.max()
        lost = (mass[inside][content] < _LOST).mean(0)
        weight_sums = np.concatenate(([0.0], np.cumsum(english_weight)))
        home_sums = np.concatenate(([0.0], np.cumsum(english_weight * at_home)))
        purity = (home_sums[ends] - home_sums[starts]) / (weight_sums[ends] - weight_sums[starts])

        order = np.argsort(-fit, kind="stable")[:_KEPT]
        share = np.exp(fit[order] - fit[order[0]])
        share /= share.sum()
        return [
            Window(
                start=int(starts[k]),
                end=int(ends[k]),
                words=rendering(bead.english[starts[k] : ends[k]]),
                fit=float(fit[k]),
                cover=float(cover[k]),
                lost=float(lost[k]),
                purity=float(purity[k]),
                share=float(part),
            )
            for k, part in zip(order, share, strict=True)
        ]


def rendering(words: Sequence[Token]) -> Phrase:
    """Folded words without function words (all of them, if there is nothing else)."""
    content = tuple(token.form for token in words if token.form not in ENGLISH_FUNCTION_WORDS)
    return content or tuple(token.form for token in words)


def _weights(words: Sequence[Token], function_words: frozenset[str]) -> Reals:
    return np.array([_FUNCTION_WEIGHT if token.form in function_words else 1.0 for token in words])


def _windows(words: Sequence[Token], longest: int) -> tuple[Indices, Indices]:
    """All windows up to a length that begin and end with a content word: arrays of starts and ends."""
    content = np.array([token.form not in ENGLISH_FUNCTION_WORDS for token in words], dtype=bool)
    places = np.flatnonzero(content)
    starts = np.repeat(places, len(places))
    ends = np.tile(places, len(places)) + 1
    keep = (ends > starts) & (ends - starts <= longest)
    return starts[keep], ends[keep]


def _log(probability: Reals) -> Reals:
    logarithm: Reals = np.log(np.clip(probability, _LEAST, _MOST))
    return logarithm
