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


class Phrasebook:
    """Phrases with the codes for which they were marked, and the documents in which they stand."""

    def __init__(self) -> None:
        self.entries: dict[Pieces, Entry] = defaultdict(Entry)
        self.documents: dict[Pieces, set[int]] = {}
        self.documents_with_code: Counter[tuple[Pieces, Code]] = Counter()

    def learn(self, pieces: Sequence[str], code: Code, split: str, language: str) -> None:
        """Note that the pieces of text were marked for a code in a document of a split."""
        key = tuple(phrase for phrase in (folded(piece, language) for piece in pieces) if phrase)
        if key:
            entry = self.entries[key]
            entry.spellings[" ... ".join(" ".join(piece.lower().split()) for piece in pieces)] += 1
            entry.marked[code][split] += 1

    def count(self, texts: Mapping[int, str], codes: Mapping[int, frozenset[Code]], language: str) -> None:
        """Count documents that have each phrase, marked or not, and those among them that have the code as well.

        Args:
            texts: document number -> text.
            codes: document number -> gold codes.
            language: "es" or "en".
        """
        finder = Finder((phrase for pieces in self.entries for phrase in pieces), language)
        by_first: dict[Phrase, list[Pieces]] = defaultdict(list)
        for pieces in self.entries:
            by_first[pieces[0]].append(pieces)
        self.documents = {pieces: set() for pieces in self.entries}
        for number, text in texts.items():
            for line in finder.lines(text):
                present = {phrase for phrase, _, _ in line}
                for phrase in present:
                    for pieces in by_first.get(phrase, ()):
                        if present.issuperset(pieces):
                            self.documents[pieces].add(number)
        for pieces, entry in self.entries.items():
            for code in entry.marked:
                self.documents_with_code[pieces, code] = sum(code in codes[n] for n in self.documents[pieces])

    def spelling(self, pieces: Pieces) -> str:
        """The usual spelling of a phrase, lower-case; pieces are parted by ` ... `."""
        return min(self.entries[pieces].spellings.items(), key=lambda item: (-item[1], item[0]))[0]

    def trust(self, pieces: Pieces, code: Code) -> float:
        """Share of the documents with the phrase that have the code: 0 if no counted document has the phrase."""
        documents = len(self.documents.get(pieces, ()))
        return self.documents_with_code[pieces, code] / documents if documents else 0.0
