"""Where words lead in a part of the Alphabetic Index: a main term, a way down from it, words in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from chartcode.books.release import Database, Row

NEOPLASM = "neoplasm"
TERM = "SELECT id, parent, last, term, nonessential, code, manifestation, see, seealso, seecat, subcat FROM term"
"""A row: number, that of the term above, that of the last one under it, its words, and where it leads."""

WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_BY = re.compile(r"^by (?:site|type|cause)\b.*|^specified (?:site|type).*")
_LINKING = frozenset(("of", "the", "a", "an", "and", "in", "with", "due", "to", "by", "from", "nec", "nos"))
_LINKS = frozenset(("with", "without", "in", "due to", "with or due to", "following"))
"""Terms that only stand between one and what goes with it."""
_LINKED = re.compile(r"(?:with|without|in|following) \S", re.IGNORECASE)
_SEVERAL = 12
"""Main terms that are tried for free words."""


class Part:
    """A part of the index: the file that answers for it, and its kind ("index", "external", "neoplasm", "drug")."""

    def __init__(self, pages: Database, kind: str) -> None:
        """Take the file and the kind."""
        self.pages = pages
        self.kind = kind

    def rows(self, words: str) -> Iterator[Row]:
        """Yield the rows that words lead to, best first: the words themselves, a way down, words of a record."""
        said = " ".join(words.split()).strip(" ,")
        seen: set[int] = set()
        for rows in (self._mains(said), self.way(said), self._free(said)):
            for row in rows:
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row
            if seen:
                return

    def _mains(self, words: str) -> tuple[Row, ...]:
        """Return the main terms of some words; of several, the one with most under it first."""
        mains = self._tops
        return next((mains[w] for w in _singulars(_plain(words)) if w in mains), ())

    @cached_property
    def _tops(self) -> dict[str, tuple[Row, ...]]:
        """The main terms by their words; those of "Fracture, traumatic" by "fracture" too.

        The neoplasm table has its sites under one main term of its own: they count as main terms.
        """
        rows = self.pages.all(f"{TERM} WHERE kind = ? AND parent IS NULL ORDER BY id", (self.kind,))
        if self.kind == NEOPLASM and len(rows) == 1:
            rows += self._children(rows[0])
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(_plain(row[3]), []).append(row)
        whole = set(found)
        for row in rows:
            first = _plain(row[3]).partition(",")[0]
            if first not in whole:
                found.setdefault(first, []).append(row)
        return {words: tuple(sorted(those, key=lambda r: (r[0] - r[2], r[0]))) for words, those in found.items()}

    def way(self, words: str) -> Iterator[Row]:
        """Yield the end of a way from a main term down, its steps parted by commas; a term may have commas itself."""
        steps = [step.strip() for step in words.split(",") if step.strip()]
        for cut in range(len(steps), 0, -1):
            for main in self._mains(", ".join(steps[:cut])):
                if (end := self._descend(main, steps[cut:])) is not None:
                    yield end

    def _descend(self, row: Row, steps: list[str]) -> Row | None:
        steps = [step for step in steps if not _BY.match(step.lower())]
        while steps:
            below = {_plain(child[3]): child for child in reversed(self._children(row))}
            for cut in range(len(steps), 0, -1):
                wanted = frozenset(_singulars(_plain(", ".join(steps[:cut]))))
                child = next((c for t, c in below.items() if t in wanted or not wanted.isdisjoint(t.split(", "))), None)
                if child is not None:
                    row, steps = child, steps[cut:]
                    break
            else:
                if _LINKED.match(steps[0]):  # "heart, with strain": the index has "with", and "strain" under it
                    steps[:1] = steps[0].split(" ", 1)
                    continue
                # "with" and "due to" stand between a term and what goes with it; a reference may leave them out.
                ends = (self._descend(child, steps) for words, child in below.items() if words in _LINKS)
                return next((end for end in ends if end is not None), None)
        return row

    def _children(self, row: Row) -> list[Row]:
        return self.pages.all(f"{TERM} WHERE parent = ? ORDER BY id", (row[0],))

    def _free(self, words: str) -> Iterator[Row]:
        """Yield where words in any order lead: one is the main term, the others stand under it, as many as can be."""
        said = WORD.findall(words.lower())
        # The noun that is looked up ends what stands before "with", "of" or "due to".
        head = next((n for n, word in enumerate(said) if n and word in _LINKING), len(said)) - 1
        best: list[tuple[int, int, Row]] = []
        for word in said:
            at = abs(head - said.index(word))
            others = [w for w in said if w != word and w not in _LINKING]
            for main in islice((m for w in _singulars(word) for m in self._mains(w)), _SEVERAL):
                row, left = self._used(main, others)
                best.append((len(left), at, row))
        yield from (row for _, _, row in sorted(best, key=lambda entry: entry[:2])[:1])

    def _used(self, row: Row, words: list[str]) -> tuple[Row, list[str]]:
        """Go down while a subterm takes some of the words and adds none; return where that ends, and the words left."""
        words = [w for w in words if w not in WORD.findall(row[4].lower())]
        while words:
            choices = []
            for child in self._beneath(row):
                own = {w for w in WORD.findall(_plain(child[3])) if w not in _LINKING}
                used = own & set(words)
                if used and (own == used or "," in child[3]):
                    choices.append((-len(used), child[0], child, used))
            if not choices:
                break
            _, _, row, used = min(choices)
            taken = used | set(WORD.findall(row[4].lower()))
            words = [w for w in words if w not in taken]
        return row, words

    def _beneath(self, row: Row) -> Iterator[Row]:
        """Yield what stands under a term, and what stands under a "with" or "due to" there."""
        for child in self._children(row):
            yield child
            if _plain(child[3]) in _LINKS:
                yield from self._children(child)

    def path(self, row: Row) -> tuple[str, ...]:
        """Return the words from the main term down to a row's."""
        path = [row[3]]
        while row[1] is not None:
            row = self.pages.all(f"{TERM} WHERE id = ?", (row[1],))[0]
            path.insert(0, row[3])
        return tuple(path)


def _plain(words: str) -> str:
    """Return words as they are compared: lower case, without what stands in parentheses, without NEC and NOS."""
    bare = _PARENTHESES.sub("", words.lower()) or words.lower()
    return re.sub(r"\s+(?:nec|nos)\b", "", bare).strip()


def _singulars(word: str) -> Iterator[str]:
    """Yield a word, and what it is the plural of, if it is one."""
    yield word
    if len(word) > 4 and word.endswith("s"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]
        if word.endswith("ies"):
            yield word[:-3] + "y"
