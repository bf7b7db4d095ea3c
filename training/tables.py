"""What the projection yields: spans, phrases, variants, and a background marked by the Spanish dictionary."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence import LEAST_SCORE, Bearings, EnglishEvidence
from parallel import Document
from phrases import Census, Code, Entry, Finder, Phrase, Phrasebook, Pieces, longest_only
from projection import Projection

# A Spanish phrase marks a background document with a code if this share of the documents taught from bear it out.
SILVER_TRUST = 0.35
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Study:
    """The aligned corpus."""

    documents: Sequence[Document]
    bearings: Bearings
    projection: Projection


@dataclass(frozen=True, slots=True)
class Teacher:
    """The Spanish dictionary of some splits, of evidence in one piece, with the census of these splits."""

    splits: tuple[str, ...]
    book: Phrasebook
    census: Census

    def trust(self, pieces: Pieces, code: Code) -> float:
        """Share of the documents with the phrase that have the code."""
        return self.census.with_code[pieces, code] / max(self.census.documents[pieces], 1)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """An English phrase for a code, and where it comes from.

    Attributes:
        phrase: lower-case; pieces are parted by ` ... `.
        pieces: its folded words.
        code: kind and code.
        spanish: the Spanish phrase of train that it renders; empty if the phrase itself was marked.
        source: marked, background or dev.
        train, dev: mentions marked, by split (0 for renderings).
        count, share: of a rendering: how often, and share of the renderings of the Spanish phrase in the source.
        train_docs, train_docs_with_code: English train documents that have the phrase, and the code as well.
        background_docs, background_docs_with_code: the same of the background as marked by the dictionary of train.
        spanish_docs, spanish_docs_with_code: train documents with the Spanish phrase, and the code as well.
    """

    phrase: str
    pieces: Pieces
    code: Code
    spanish: str = ""
    source: str = "marked"
    train: int = 0
    dev: int = 0
    count: int = 0
    share: float = 1.0
    train_docs: int = 0
    train_docs_with_code: int = 0
    background_docs: int = 0
    background_docs_with_code: int = 0
    spanish_docs: int = 0
    spanish_docs_with_code: int = 0


def span_rows(found: Sequence[EnglishEvidence]) -> Iterator[Row]:
    """The English evidence of each gold mention."""
    for item in found:
        yield {
            "doc": item.document.id,
            "split": item.document.split,
            "kind": item.source.kind,
            "code": item.source.code,
            "es": item.source.text,
            "en": item.text,
            "start": item.pieces[0][0],
            "end": item.pieces[-1][1],
            "pieces": item.pieces,
            "score": item.score,
        }


def teacher(documents: Sequence[Document], splits: tuple[str, ...]) -> Teacher:
    """Learn the Spanish dictionary of some splits."""
    book = Phrasebook("es")
    taught = [document for document in documents if document.split in splits]
    for document in taught:
        for item in document.evidence:
            if len(item.pieces) == 1:
                start, end = item.pieces[0]
                book.learn([document.spanish[start:end]], (item.kind, item.code), document.split)
    return Teacher(splits, book, book.census((document.spanish, document.gold) for document in taught))


def silver_rows(study: Study, teacher: Teacher) -> Iterator[Row]:
    """Mark the background documents by a Spanish dictionary (longest phrases only) and project what is marked."""
    finder = Finder((pieces[0] for pieces in teacher.book.entries), "es")
    beads = study.bearings.alignment.beads
    for number, document in enumerate(study.documents):
        if document.split != "background":
            continue
        for line in finder.lines(document.spanish):
            for phrase, start, end in longest_only(line):
                places = study.bearings.places(number, start, end)
                study.projection.add(places)
                window = study.projection.window(places[0]) if len(places) == 1 else None
                if not window or window.score < LEAST_SCORE:
                    continue
                words = beads[places[0].bead].english[window.start : window.end]
                a, b = words[0].start, words[-1].end
                for kind, code in sorted(teacher.book.entries[phrase,].marked):
                    yield {
                        "doc": document.id,
                        "split": document.split,
                        "kind": kind,
                        "code": code,
                        "es": document.spanish[start:end],
                        "en": document.english[a:b],
                        "start": a,
                        "end": b,
                        "score": round(window.score, 3),
                        "trust": round(teacher.trust((phrase,), (kind, code)), 3),
                    }


def silver_codes(rows: Sequence[Row]) -> Mapping[str, frozenset[Code]]:
    """The codes of each background document on which the dictionary can be relied."""
    codes: dict[str, set[Code]] = defaultdict(set)
    for row in rows:
        if float(str(row["trust"])) >= SILVER_TRUST:
            codes[str(row["doc"])].add((str(row["kind"]), str(row["code"])))
    return {document: frozenset(found) for document, found in codes.items()}


def phrasings(
    study: Study, found: Sequence[EnglishEvidence], train: Teacher, silver: Mapping[str, frozenset[Code]]
) -> list[Phrasing]:
    """English phrases for codes: those that were marked, then renderings of the Spanish phrases of train elsewhere.

    Args:
        study: the aligned corpus.
        found: English evidence.
        train: the Spanish dictionary of train.
        silver: codes of background documents by that dictionary.
    """
    marked = Phrasebook("en")
    for item in found:
        texts = [item.document.english[a:b] for a, b in item.pieces]
        marked.learn(texts, (item.source.kind, item.source.code), item.document.split)
    rendered = list(_renderings(study, train))
    everything = Phrasebook("en")
    everything.entries.update((pieces, _merged(marked, pieces)) for pieces in marked.entries)
    for variant in rendered:
        everything.learn([variant.phrase], variant.code, variant.source)
    in_train = everything.census((d.english, d.gold) for d in study.documents if d.split == "train")
    nothing: frozenset[Code] = frozenset()
    in_background = everything.census(
        (d.english, silver.get(d.id, nothing)) for d in study.documents if d.split == "background"
    )
    direct = (
        Phrasing(marked.spelling(pieces), pieces, code, train=counts["train"], dev=counts["dev"])
        for pieces, entry in sorted(marked.entries.items())
        for code, counts in sorted(entry.marked.items())
    )
    return [
        replace(
            item,
            train_docs=in_train.documents[item.pieces],
            train_docs_with_code=in_train.with_code[item.pieces, item.code],
            background_docs=in_background.documents[item.pieces],
            background_docs_with_code=in_background.with_code[item.pieces, item.code],
        )
        for item in (*direct, *rendered)
    ]


def _merged(book: Phrasebook, pieces: Pieces) -> Entry:
    """A copy of an entry to which more may be added."""
    entry = book.entries[pieces]
    copy = Entry(Counter(entry.spellings))
    copy.marked.update((code, Counter(counts)) for code, counts in entry.marked.items())
    return copy


def _renderings(study: Study, train: Teacher) -> Iterator[Phrasing]:
    """English renderings, where no one marked them or in dev, of the Spanish phrases of train."""
    beads = study.bearings.alignment.beads
    for phrase, places in sorted(study.projection.places()):
        entry = train.book.entries.get((phrase,))
        if not entry:
            continue
        counts: dict[str, Counter[Phrase]] = defaultdict(Counter)
        spellings: dict[Phrase, Counter[str]] = defaultdict(Counter)
        for place in places:
            bead = beads[place.bead]
            document = study.documents[bead.document]
            window = study.projection.window(place)
            if document.split != "train" and window and window.score >= LEAST_SCORE:
                words = bead.english[window.start : window.end]
                key = tuple(token.form for token in words)
                counts[document.split][key] += 1
                spellings[key][" ".join(document.english[words[0].start : words[-1].end].lower().split())] += 1
        for source, renderings in sorted(counts.items()):
            for key, count in sorted(renderings.items(), key=lambda item: (-item[1], item[0])):
                for code in sorted(entry.marked):
                    yield Phrasing(
                        min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0],
                        (key,),
                        code,
                        train.book.spelling((phrase,)),
                        source,
                        count=count,
                        share=round(count / renderings.total(), 4),
                        spanish_docs=train.census.documents[phrase,],
                        spanish_docs_with_code=train.census.with_code[(phrase,), code],
                    )
