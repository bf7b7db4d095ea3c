"""What one may ask of the Alphabetic Index for a day: a term with all that stands under it, and the two tables.

The installed release of the index answers. Parts that are not installed are answered by an index that is derived from
the tabular list, compiled when it is first asked; ``derived`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from chartcode.books.index.terms import Drug, Neoplasm, Reference, Term
from chartcode.books.release import Database, Release, Row

INDEX, EXTERNAL, NEOPLASM, DRUG = KINDS = ("index", "external", "neoplasm", "drug")

_COLUMNS = {NEOPLASM: Neoplasm.__slots__[1:], DRUG: Drug.__slots__[1:]}
_TERM = "SELECT id, parent, last, term, nonessential, code, manifestation, see, seealso, seecat, subcat FROM term"
_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_BY = re.compile(r"^by (?:site|type|cause)\b.*|^specified (?:site|type).*")
_LINKING = frozenset(("of", "the", "a", "an", "and", "in", "with", "due", "to", "by", "from", "nec", "nos"))
_LINKS = frozenset(("with", "without", "in", "due to", "with or due to", "following"))
"""Terms that only stand between one and what goes with it."""
_LINKED = re.compile(r"(?:with|without|in|following) \S", re.IGNORECASE)
_BEHAVIORS = {
    "malignant": "malignant", "primary": "malignant", "secondary": "secondary", "in situ": "in_situ",
    "benign": "benign", "uncertain behavior": "uncertain", "uncertain": "uncertain",
    "unspecified behavior": "unspecified", "unspecified": "unspecified",
}  # fmt: skip
"""How references name the columns of the neoplasm table."""
_ENDS = 3
"""Terms that a reference may lead to: where several have the same words."""
_SEVERAL = 12
"""Main terms that are tried for free words."""


class AlphabeticIndex:
    """The Alphabetic Index on a day, with the external-cause index, the neoplasm table and the table of drugs."""

    def __init__(self, installed: tuple[Release, Database, str] | None, derived: Callable[[], Database]) -> None:
        """Take the installed release, its file and the parts it has (None if there is none), and what derives one."""
        self.release = installed[0] if installed else None
        self._pages = installed[1] if installed else None
        self._parts = frozenset(installed[2].split()) if installed else frozenset[str]()
        self._derive = derived
        self._derived: Database | None = None
        self._mains_of: dict[str, Mapping[str, tuple[Row, ...]]] = {}

    @property
    def version(self) -> str:
        """The version of the installed release, or ``derived``."""
        return self.release.version if self.release else "derived"

    @property
    def derived(self) -> bool:
        """Whether terms are those of an index derived from the tabular list, as none is installed for the day."""
        return self.derives(INDEX)

    def derives(self, kind: str) -> bool:
        """Tell whether a part ("index", "external", "neoplasm", "drug") is derived from the tabular list."""
        return kind not in self._parts

    def main_terms(self, beginning: str = "", kind: str = INDEX, limit: int = 50) -> list[str]:
        """Return the main terms of a part that begin with some words, in order, each once."""
        rows = self._of(kind).all(
            "SELECT DISTINCT term FROM term WHERE kind = ? AND parent IS NULL AND term >= ? COLLATE NOCASE"
            " AND term < ? COLLATE NOCASE ORDER BY id LIMIT ?",
            (kind, beginning, beginning + "\uffff", limit),
        )
        return [row[0] for row in rows]

    def walk(self, words: str, kind: str = INDEX) -> Term | None:
        """Return a term with its subterms, its references followed; None if the index has no such words.

        The words are a main term ("Pneumonia"), a way from it down ("Pneumonia, lobar"), or as a record says them
        ("lobar pneumonia"). A term that only refers to another one ("Attack, heart": see Infarct, myocardium) is
        answered with that reference, whose ``terms`` can be walked by their ``path``.
        """
        return next(self.found(words, kind), None)

    def found(self, words: str, kind: str = INDEX) -> Iterator[Term]:
        """Yield the terms that words lead to, as ``walk`` does; several main terms may have the same words."""
        for row in self._rows(words, kind):
            yield self._term(row, kind)

    def neoplasms(self, site: str) -> tuple[Neoplasm, ...]:
        """Return the lines of the neoplasm table for a site ("breast"; "breast, upper-outer quadrant"), all under it.

        Only lines that name codes are given; none if the table does not have the site.
        """
        return tuple(Neoplasm(path, *cells) for path, cells in self._lines(site, NEOPLASM))

    def drugs(self, substance: str) -> tuple[Drug, ...]:
        """Return the lines of the table of drugs for a substance ("aspirin"), with all under it; none if unknown."""
        return tuple(Drug(path, *cells) for path, cells in self._lines(substance, DRUG))

    # --- the parts --------------------------------------------------------------------------------------------

    def _of(self, kind: str) -> Database:
        """Return the file that answers for a part."""
        if self._pages is not None and kind in self._parts:
            return self._pages
        if self._derived is None:
            self._derived = self._derive()
        return self._derived

    def _lines(self, words: str, kind: str) -> Iterator[tuple[tuple[str, ...], Row]]:
        pages = self._of(kind)
        for start in self._rows(words, kind):
            path = self._path(start, kind)
            found: dict[int, tuple[str, ...]] = {}
            for row in pages.all(f"{_TERM} WHERE id BETWEEN ? AND ? ORDER BY id", (start[0], start[2])):
                found[row[0]] = (*found[row[1]], row[3]) if row[0] != start[0] else path
            columns = ", ".join(_COLUMNS[kind])
            cells = pages.all(
                f"SELECT term, {columns} FROM {kind} WHERE term BETWEEN ? AND ? ORDER BY term",  # noqa: S608 - our own names
                (start[0], start[2]),
            )
            if cells:
                yield from ((found[number], tuple(rest)) for number, *rest in cells)
                return

    def _path(self, row: Row, kind: str) -> tuple[str, ...]:
        path = [row[3]]
        while row[1] is not None:
            row = self._of(kind).all(f"{_TERM} WHERE id = ?", (row[1],))[0]
            path.insert(0, row[3])
        return tuple(path)

    # --- finding a term ---------------------------------------------------------------------------------------

    def _rows(self, words: str, kind: str) -> Iterator[Row]:
        """Yield the rows that words lead to, best first: the words themselves, a way down, words of a record."""
        said = " ".join(words.split()).strip(" ,")
        seen: set[int] = set()
        for rows in (self._mains(said, kind), self._way(said, kind), self._free(said, kind)):
            for row in rows:
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row
            if seen:
                return

    def _mains(self, words: str, kind: str) -> tuple[Row, ...]:
        """Return the main terms of some words; of several, the one with most under it first."""
        mains = self._tops(kind)
        return next((mains[w] for w in _singulars(_plain(words)) if w in mains), ())

    def _tops(self, kind: str) -> Mapping[str, tuple[Row, ...]]:
        """Return the main terms of a part by their words; those of "Fracture, traumatic" by "fracture" too.

        The neoplasm table has its sites under one main term of its own: they count as main terms.
        """
        known = self._mains_of.get(kind)
        if known is None:
            known = self._mains_of[kind] = self._read_tops(kind)
        return known

    def _read_tops(self, kind: str) -> dict[str, tuple[Row, ...]]:
        rows = self._of(kind).all(f"{_TERM} WHERE kind = ? AND parent IS NULL ORDER BY id", (kind,))
        if kind == NEOPLASM and len(rows) == 1:
            rows += self._children(rows[0], kind)
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(_plain(row[3]), []).append(row)
        whole = set(found)
        for row in rows:
            first = _plain(row[3]).partition(",")[0]
            if first not in whole:
                found.setdefault(first, []).append(row)
        return {words: tuple(sorted(those, key=lambda r: (r[0] - r[2], r[0]))) for words, those in found.items()}

    def _way(self, words: str, kind: str) -> Iterator[Row]:
        """Yield the end of a way from a main term down, its steps parted by commas; a term may have commas itself."""
        steps = [step.strip() for step in words.split(",") if step.strip()]
        for cut in range(len(steps), 0, -1):
            for main in self._mains(", ".join(steps[:cut]), kind):
                if (end := self._descend(main, steps[cut:], kind)) is not None:
                    yield end

    def _descend(self, row: Row, steps: list[str], kind: str) -> Row | None:
        steps = [step for step in steps if not _BY.match(step.lower())]
        while steps:
            below = {_plain(child[3]): child for child in reversed(self._children(row, kind))}
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
                ends = (self._descend(child, steps, kind) for words, child in below.items() if words in _LINKS)
                return next((end for end in ends if end is not None), None)
        return row

    def _children(self, row: Row, kind: str) -> list[Row]:
        return self._of(kind).all(f"{_TERM} WHERE parent = ? ORDER BY id", (row[0],))

    def _free(self, words: str, kind: str) -> Iterator[Row]:
        """Yield where words in any order lead: one is the main term, the others stand under it, as many as can be."""
        said = _WORD.findall(words.lower())
        # The noun that is looked up ends what stands before "with", "of" or "due to".
        head = next((n for n, word in enumerate(said) if n and word in _LINKING), len(said)) - 1
        best: list[tuple[int, int, Row]] = []
        for word in said:
            at = abs(head - said.index(word))
            others = [w for w in said if w != word and w not in _LINKING]
            for main in islice((m for w in _singulars(word) for m in self._mains(w, kind)), _SEVERAL):
                row, left = self._used(main, others, kind)
                best.append((len(left), at, row))
        yield from (row for _, _, row in sorted(best, key=lambda entry: entry[:2])[:1])

    def _used(self, row: Row, words: list[str], kind: str) -> tuple[Row, list[str]]:
        """Go down while a subterm takes some of the words and adds none; return where that ends, and the words left."""
        words = [w for w in words if w not in _WORD.findall(row[4].lower())]
        while words:
            choices = []
            for child in self._beneath(row, kind):
                own = {w for w in _WORD.findall(_plain(child[3])) if w not in _LINKING}
                used = own & set(words)
                if used and (own == used or "," in child[3]):
                    choices.append((-len(used), child[0], child, used))
            if not choices:
                break
            _, _, row, used = min(choices)
            taken = used | set(_WORD.findall(row[4].lower()))
            words = [w for w in words if w not in taken]
        return row, words

    def _beneath(self, row: Row, kind: str) -> Iterator[Row]:
        """Yield what stands under a term, and what stands under a "with" or "due to" there."""
        for child in self._children(row, kind):
            yield child
            if _plain(child[3]) in _LINKS:
                yield from self._children(child, kind)

    # --- reading a term ---------------------------------------------------------------------------------------

    def _term(self, row: Row, kind: str) -> Term:
        """Return a term with all that stands under it."""
        rows = self._of(kind).all(f"{_TERM} WHERE id BETWEEN ? AND ? ORDER BY id", (row[0], row[2]))
        below: dict[int, list[Row]] = {}
        for one in rows[1:]:
            below.setdefault(one[1], []).append(one)
        return self._read(row, self._path(row, kind), below, kind)

    def _read(self, row: Row, path: tuple[str, ...], below: Mapping[int, list[Row]], kind: str) -> Term:
        references = (
            *self._references(row[7], kind, also=False),
            *self._references(row[8], kind, also=True),
        )
        subterms = tuple(self._read(child, (*path, child[3]), below, kind) for child in below.get(row[0], ()))
        return Term(path, row[4], row[5], row[6], " ".join(filter(None, row[9:11])), references, subterms)

    def _references(self, words: str, kind: str, *, also: bool) -> Iterator[Reference]:
        for one in filter(None, (w.strip() for w in words.split(";"))):
            plain = re.sub(r"\s*,\s*", ", ", one)
            terms = tuple(
                Term(self._path(end, kind), end[4], end[5], end[6]) for end in islice(self._way(plain, kind), _ENDS)
            )
            yield Reference(plain, also, terms or tuple(self._neoplasm(plain)))

    def _neoplasm(self, words: str) -> Iterator[Term]:
        """Yield the cell of the neoplasm table that a reference such as "Neoplasm, skin, benign" names."""
        main, *steps = (step.strip() for step in words.split(","))
        column = _BEHAVIORS.get(steps[-1].lower()) if len(steps) > 1 else None
        if main.lower() != "neoplasm" or column is None:
            return
        site = ", ".join(step for step in steps[:-1] if step.lower() != "malignant")
        for line in islice(self.neoplasms(site), 1):
            yield Term((*line.path, steps[-1]), code=getattr(line, column))


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
