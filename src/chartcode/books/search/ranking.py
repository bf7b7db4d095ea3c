"""Which entries some words mean, best first.

A phrase is good where it has the words (rare ones count more) and few others. An entry may be meant by a phrase of its
own or of a heading above it ("stye" is one of H00.01-); what the phrase does not have may stand in the entry's title
("right upper eyelid"). Of the entries under a heading, the plain, unspecified one is meant if nothing more is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chartcode.books.search.pages import Numbers, Pages
from chartcode.books.search.reading import NOT, Token

Levels = npt.NDArray[np.uint8]

_EXACT, _BEGUN, _ALSO_BEGUN, _ONE_OFF, _TWO_OFF, _AKIN = 100, 85, 70, 80, 65, 60
"""How far a word counts, in hundredths: as it is, as a beginning, as a beginning of others too, one letter or two
letters misspelt, as a word of the same stem."""
_STEM, _KIN, _MOST_AKIN = 6, 0.65, 40
"""Letters from which a word has others of its stem ("larynx", "laryngeal"), the share of it that they have in common,
and how many of them are looked at."""
_TITLE = 0.96
"""How far a word of the title counts for one that the phrase does not have."""
_MOST_BEGUN = 250
"""Words that are looked at for a beginning: there are thousands that begin with "p"."""
_COMMON = 25_000
"""A word of more phrases than these finds none by itself, if there is a rarer one."""
_MOST_WEIGHT = 9.0
"""What the rarest word weighs at most: a rare word may be the coder's, and not that of the condition."""
_LITTLE = 0.3
_QUALIFYING = frozenset(
    (
        *("recent", "recently", "primarily", "improving", "improved", "probable", "probably", "possible", "likely"),
        *("known", "new", "onset", "ongoing", "continued", "stable", "persistent", "current", "currently", "previous"),
        *("significant", "evidence", "diagnosis", "some", "very", "mild", "moderate", "no", "now", "presumed"),
        *("sided", "side", "well", "controlled", "good", "poorly", "admitted", "underwent", "involving", "status"),
        *("post", "chief", "underlying", "marked", "slight", "increasing", "worsening", "resolved", "resolving"),
        *("consistent", "after"),
    )
)
"""Words that say how a record sees a condition, and seldom which one it is; they weigh little."""
_BEST, _WHOLE = 120, 0.95
"""Phrases that are compared closely, and how much of a phrase must be said for it to be said whole."""
_PAIRS = 4_000
"""Entries that are compared closely: a category of injuries has a thousand codes under it."""
_ALL_SAID, _NOTHING_ELSE, _PLAIN = 1.4, 0.5, 0.08
"""How much it counts that a phrase has all that was said, that it has nothing else, and that an entry is plain. These
were chosen on queries of the Alphabetic Index and the gold notes; anything near them does as well."""
_RESIDUE = 0.3
"""How plain an entry for what has no code of its own is at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that is looked for: its weight, and the phrases that have it, as what, the worst first.

    ``absent`` is what is said not to be there: phrases that say so need not be said whole.
    """

    weight: float
    ways: tuple[tuple[int, Numbers], ...]
    absent: bool = False

    @property
    def count(self) -> int:
        """How many phrases have it."""
        return sum(len(phrases) for _, phrases in self.ways)


def wanted(pages: Pages, token: Token, *, begun: bool) -> Wanted | None:
    """Return what a word leads to; ``begun`` if more of it may follow. None if it leads nowhere."""
    ways: list[tuple[int, Numbers]] = []
    exact = pages.exactly(token.form) if token.form == token.written else pages.exactly(token.written)
    if not len(exact):
        exact = pages.exactly(token.form)
    if begun or not len(exact):
        longer = pages.beginning(token.written, _MOST_BEGUN)
        if len(longer):
            ways.append((_ALSO_BEGUN if len(exact) else _BEGUN, pages.phrases(longer)))
    if len(exact):
        ways.append((_EXACT, pages.phrases(exact)))
    if not ways:
        for number, far in reversed(pages.spelling.near(token.written)):
            form = np.array([pages.form(number)], dtype=np.uint32)
            ways.append((_ONE_OFF if far == 1 else _TWO_OFF, pages.phrases(form)))
    if not ways:
        return None
    if len(token.form) >= _STEM:
        akin = pages.beginning(token.form[: max(_STEM - 2, int(len(token.form) * _KIN))], _MOST_AKIN)
        ways.insert(0, (_AKIN, pages.phrases(akin)))
    rarest = len(ways[-1][1])
    weight = min(float(np.log(len(pages) / max(rarest, 1))) + 1, _MOST_WEIGHT)
    weight *= _LITTLE if token.form in _QUALIFYING else 1
    return Wanted(weight, tuple(ways), absent=token.form.startswith(NOT))


def rank(pages: Pages, words: Sequence[Wanted], book: int | None, limit: int) -> list[tuple[float, int]]:
    """Return (score, entry) of the best entries, best first; a score is 1 where all is said and nothing else."""
    words = list(words)[:16]
    if not words:
        return []
    levels = [_levels(pages, word) for word in words]
    found = _candidates(pages, words, book)
    if not len(found):
        return []
    weights = np.array([word.weight for word in words], dtype=np.float32)
    present = weights * np.array([not word.absent for word in words], dtype=np.float32)
    had = _had(levels, weights, found)
    fit = np.minimum(_had(levels, present, found) / pages.weight[found], 1)
    scores = (had / weights.sum()) ** _ALL_SAID * (1 - _NOTHING_ELSE + _NOTHING_ELSE * fit) * pages.factor[found]
    if len(found) > _BEST:
        # A phrase that is said whole may mean a heading, and the titles under it have the words that are left.
        whole = np.where(fit > _WHOLE, had, 0)
        best = np.union1d(
            np.argpartition(scores, len(found) - _BEST)[-_BEST:], np.argpartition(whole, len(found) - _BEST)[-_BEST:]
        )
        found, fit, scores = found[best], fit[best], scores[best]
    order = np.argsort(-scores, kind="stable")
    return _entries(pages, levels, weights, found[order], fit[order], limit)


def _levels(pages: Pages, word: Wanted) -> Levels:
    levels = np.zeros(len(pages), dtype=np.uint8)
    for level, phrases in word.ways:
        levels[phrases] = level
    return levels


def _candidates(pages: Pages, words: Sequence[Wanted], book: int | None) -> Numbers:
    rare = [word for word in words if word.count <= _COMMON] or [min(words, key=lambda word: word.count)]
    mask = np.zeros(len(pages), dtype=bool)
    for word in rare:
        for _, phrases in word.ways:
            mask[phrases] = True
    if book is not None:
        mask &= pages.phrase_books == book
    return np.flatnonzero(mask).astype(np.uint32)


def _had(levels: Sequence[Levels], weights: npt.NDArray[np.float32], phrases: Numbers) -> npt.NDArray[np.float32]:
    total = np.zeros(len(phrases), dtype=np.float32)
    for level, weight in zip(levels, weights, strict=True):
        if weight:
            total += level[phrases] * (weight / 100)
    return total


def _entries(
    pages: Pages,
    levels: Sequence[Levels],
    weights: npt.NDArray[np.float32],
    phrases: Numbers,
    fit: npt.NDArray[np.float32],
    limit: int,
) -> list[tuple[float, int]]:
    """Return the best entries that some phrases mean, each phrase with the entry itself or those under its heading."""
    heads = pages.entry[phrases]
    spans = np.where(pages.kinds[heads] == 1, pages.last[heads] - heads + 1, 1).astype(np.int64)
    keep = np.cumsum(spans) <= _PAIRS
    keep[0] = True
    phrases, fit, heads, spans = phrases[keep], fit[keep], heads[keep], spans[keep]
    which = np.repeat(np.arange(len(phrases)), spans)
    steps = np.arange(len(which)) - np.repeat(np.cumsum(spans) - spans, spans)
    entries = heads[which] + steps.astype(np.uint32)
    real = pages.kinds[entries] != 1
    which, entries = which[real], entries[real]
    if not len(entries):
        return []
    had = np.zeros(len(entries), dtype=np.float32)
    by_title = np.zeros(len(entries), dtype=np.float32)
    for level, weight in zip(levels, weights, strict=True):
        titled = level[entries] * (weight / 100)  # the title of entry n is phrase n
        by_title += titled
        had += np.maximum(level[phrases][which] * (weight / 100), titled * _TITLE)
    said = had / weights.sum()
    fitting = np.minimum(by_title / pages.weight[entries], 1)
    # A phrase of the entry's own means it; of those under a heading, the plain one, or the one whose title is said.
    own = pages.plainness[entries]
    plain = np.where(entries == heads[which], 1, np.where(own > _RESIDUE, np.maximum(own, fitting), own))
    scores = (
        said**_ALL_SAID
        * (1 - _NOTHING_ELSE + _NOTHING_ELSE * fit[which])
        * pages.factor[phrases][which]
        * (1 - _PLAIN + _PLAIN * plain)
    )
    best: dict[int, float] = {}
    for place in np.argsort(-scores, kind="stable").tolist():
        best.setdefault(int(entries[place]), float(scores[place]))
        if len(best) >= limit:
            break
    return [(score, entry) for entry, score in best.items()]
