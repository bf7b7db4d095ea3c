"""Dictionaries of phrases and codes, and where their phrases stand in a text.

A phrase is compared by its folded words, consecutive within a line. A phrase in several pieces (`pain ... left leg`)
stands in a line that has all the pieces.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parallel import Token, lines, tokens

Phrase = tuple[str, ...]
Pieces = tuple[Phrase, ...]
Code = tuple[str, str]  # kind (D or P), code


def folded(text: str, language: str) -> Phrase:
    """The folded words of a piece of text."""
    return tuple(token.form for token in tokens(text, 0, len(text), language))


class Finder:
    """Finds known phrases in text of one language."""

    def __init__(self, phrases: Iterable[Phrase], language: str) -> None:
        self._language = language
        self._phrases = frozenset(phrase for phrase in phrases if phrase)
        self._longest: dict[str, int] = defaultdict(int)
        for phrase in self._phrases:
            self._longest[phrase[0]] = max(self._longest[phrase[0]], len(phrase))

    def lines(self, text: str) -> Iterator[list[tuple[Phrase, int, int]]]:
        """For each line the phrases in it, as (phrase, start, end) with offsets in the text; they may overlap."""
        for start, end in lines(text):
            yield list(self._in_words(tokens(text, start, end, self._language)))

    def _in_words(self, words: Sequence[Token]) -> Iterator[tuple[Phrase, int, int]]:
        forms = tuple(token.form for token in words)
        for k, form in enumerate(forms):
            for length in range(min(self._longest.get(form, 0), len(forms) - k), 0, -1):
                if forms[k : k + length] in self._phrases:
                    yield forms[k : k + length], words[k].start, words[k + length - 1].end


def longest_only(found: Sequence[tuple[Phrase, int, int]]) -> list[tuple[Phrase, int, int]]:
    """Of overlapping phrases keep the longest, the first among equals."""
    kept: list[tuple[Phrase, int, int]] = []
    for phrase, start, end in sorted(found, key=lambda item: (item[1] - item[2], item[1])):
        if all(end <= a or start >= b for _, a, b in kept):
            kept.append((phrase, start, end))
    return sorted(kept, key=lambda item: item[1])


@dataclass(slots=True)
class Entry:
    """What is known of a phrase: its usual spelling, and how often it was marked for each code, by split."""

    spellings: Counter[str] = field(default_factory=Counter)
    marked: dict[Code, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(slots=True)
class Census:
    """How many documents of a collection have each phrase, and how many of these have each of its codes as well."""

    documents: Counter[Pieces] = field(default_factory=Counter)
    with_code: Counter[tuple[Pieces, Code]] = field(default_factory=Counter)


class Phrasebook:
    """Phrases of one language with the codes for which they were marked."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.entries: dict[Pieces, Entry] = defaultdict(Entry)

    def learn(self, pieces: Sequence[str], code: Code, split: str) -> None:
        """Note that the pieces of text were marked for a code in a document of a split."""
        key = tuple(phrase for phrase in (folded(piece, self.language) for piece in pieces) if phrase)
        if key:
            entry = self.entries[key]
            entry.spellings[" ... ".join(" ".join(piece.lower().split()) for piece in pieces)] += 1
            entry.marked[code][split] += 1

    def census(self, documents: Iterable[tuple[str, frozenset[Code]]]) -> Census:
        """Count the documents, given as (text, codes), that have each phrase, marked or not, and each code with it."""
        finder = Finder((phrase for pieces in self.entries for phrase in pieces), self.language)
        by_first: dict[Phrase, list[Pieces]] = defaultdict(list)
        for pieces in self.entries:
            by_first[pieces[0]].append(pieces)
        census = Census()
        for text, codes in documents:
            for pieces in self._present(finder, by_first, text):
                census.documents[pieces] += 1
                for code in codes.intersection(self.entries[pieces].marked):
                    census.with_code[pieces, code] += 1
        return census

    @staticmethod
    def _present(finder: Finder, by_first: Mapping[Phrase, Sequence[Pieces]], text: str) -> set[Pieces]:
        found: set[Pieces] = set()
        for line in finder.lines(text):
            present = {phrase for phrase, _, _ in line}
            found.update(
                pieces for phrase in present for pieces in by_first.get(phrase, ()) if present.issuperset(pieces)
            )
        return found

    def spelling(self, pieces: Pieces) -> str:
        """The usual spelling of a phrase, lower-case; pieces are parted by ` ... `."""
        return min(self.entries[pieces].spellings.items(), key=lambda item: (-item[1], item[0]))[0]
