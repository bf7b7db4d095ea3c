"""The parallel corpus: Spanish case reports, their English machine translation, and the Spanish evidence of each code.

Source: CodiEsp corpus, CLEF eHealth 2020 (CC BY 4.0). Offsets are code points of the text as it stands in its file.
"""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

SPLITS = ("train", "dev")
_KINDS = {"DIAGNOSTICO": "D", "PROCEDIMIENTO": "P"}
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{3}[.?!])\s+|(?<=[)\d%][.?!])\s+(?=[^\W\d_])|(?<=[a-z]{3}\.)(?=[A-ZÁÉÍÓÚ][a-z])"
)

# Words that carry no finding by themselves; they are dropped at the ends of a phrase and weigh little inside it.
ENGLISH_FUNCTION_WORDS = frozenset(
    (
        "a an the of in on at to for with by from as and or that which who whose this these those his her its "
        "their our he she it they we was were is are be been being had has have having did do does not no nor "
        "than then there also some any such but if into onto upon through during after before between within "
        "without due both each showed shows showing presented presents presenting presence observed revealed "
        "found reported referred suffered suffering consistent compatible diagnosed underwent performed "
        "developed patient "
    ).split()
)
SPANISH_FUNCTION_WORDS = frozenset(
    (
        "a al ante bajo con contra de del desde durante e el ella en entre es esta este fue ha había hacia "
        "hasta la las le lo los más muy ni no o para pero por que se según ser si sin sobre su sus tras u un "
        "una unas uno unos y ya "
    ).split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number: its offsets in the text, and the folded form on which words are compared."""

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A gold code (lower case, as printed in the corpus) with the Spanish words marked for it; pieces are offsets."""

    kind: str
    code: str
    text: str = field(repr=False)
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One case report in both languages; `split` is train, dev or background (the last has no evidence)."""

    id: str
    split: str
    spanish: str = field(repr=False)
    english: str = field(repr=False)
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)

    @property
    def gold(self) -> frozenset[tuple[str, str]]:
        """The gold codes: (kind, code), kind D (diagnosis) or P (procedure)."""
        return frozenset((item.kind, item.code) for item in self.evidence)


def read_corpus(folder: Path) -> list[Document]:
    """Read train, dev and the unlabelled background, in the order of their identifiers.

    Raises:
        FileNotFoundError: if the folder is not the CodiEsp folder (train/, dev/, background.jsonl.gz).
    """
    documents: list[Document] = []
    for split in SPLITS:
        evidence = _read_evidence(folder / split / f"{split}X.tsv")
        for path in sorted((folder / split / "es").glob("*.txt")):
            english = (folder / split / "en" / path.name).read_text(encoding="utf-8")
            spanish = path.read_text(encoding="utf-8")
            documents.append(Document(path.stem, split, spanish, english, tuple(evidence.get(path.stem, ()))))
    with gzip.open(folder / "background.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents += [Document(row["id"], "background", row["es"], row["en"]) for row in map(json.loads, lines)]
    return documents


def _read_evidence(path: Path) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        document, kind, code, text, offsets = line.split("\t")
        pieces = sorted(_piece(piece) for piece in offsets.split(";"))
        found.setdefault(document, []).append(Evidence(_KINDS[kind], code.lower(), text, tuple(pieces)))
    return found


def _piece(text: str) -> tuple[int, int]:
    start, end = text.split()
    return int(start), int(end)


def sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """Cut Spanish text into sentences: (start, end, whether it opens a line of the text)."""
    for start, end in lines(text):
        cuts = [start, *(match.end() for match in _SENTENCE_END.finditer(text, start, end)), end]
        for a, b in pairwise(cuts):
            if text[a:b].strip():
                yield a, b, a == start


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text that are not blank, as offsets; a line of the English is what was translated at once."""
    for match in re.finditer(r"[^\r\n]+", text):
        if match.group().strip():
            yield match.span()


def tokens(text: str, start: int, end: int, language: str) -> list[Token]:
    """The words and numbers of a stretch of text; punctuation is left out."""
    fold = fold_spanish if language == "es" else fold_english
    return [Token(m.start(), m.end(), fold(m.group())) for m in _TOKEN.finditer(text, start, end)]


@cache
def plain(word: str) -> str:
    """A word in lower case without accents (the tilde of ñ goes too); a decimal comma becomes a point."""
    if word[0].isdigit():
        return word.replace(",", ".")
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@cache
def fold_english(word: str) -> str:
    """Fold case, accents and the plural: `Fractures` and `fracture` agree, `diagnosis` stays."""
    word = plain(word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def fold_spanish(word: str) -> str:
    """Fold case, accents, number and gender: `renales` and `renal` agree, so do `izquierda` and `izquierdos`."""
    word = plain(word)
    if len(word) <= 4 or word[0].isdigit():
        return word
    if word.endswith("ces"):
        return word[:-3] + "z"
    if word.endswith("es") and word[-3] not in "aeiou":
        word = word[:-2]
    elif word.endswith("s") and word[-2] in "aeo":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] in "aeo" else word
