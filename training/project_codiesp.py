"""Project the Spanish evidence of the CodiEsp corpus onto its English translation: one command, no chance in it.

    python training/project_codiesp.py --data <the CodiEsp folder> --out <a folder outside the repository>

Sentences are paired, words are linked, each marked Spanish phrase is followed into the English text, and what was
learned is written (tables have a header; codes in lower case as in the corpus):

codiesp_en_spans.jsonl     one line for each gold mention that was found: doc, split, kind (D diagnosis, P procedure),
                           code, es, en, start, end (of the whole, code points in the English file as it stands), pieces
                           ([[start, end], ...]; `en` joins them by " ... "), score in [0, 1]
codiesp_phrases.tsv        phrase, code, kind, train, dev (mentions marked), docs_with_phrase, docs_with_phrase_and_code
                           (English train documents that contain the phrase, marked or not)
codiesp_variants.tsv       phrase, code, kind, spanish, source (background or dev), count, share (of the renderings of
                           the Spanish phrase in that source), spanish_docs, spanish_docs_with_code (train)
codiesp_silver_train.jsonl background documents marked by the Spanish dictionary of train, projected: as the spans, with
                           trust = share of train documents with that Spanish phrase that have the code
codiesp_silver_all.jsonl   the same taught by train and dev
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dictionary_baseline import dictionary_scores
from evidence import LEAST_SCORE, Bearings, EnglishEvidence, project_evidence
from parallel import Document, read_corpus
from phrases import Code, Finder, Phrase, Phrasebook, longest_only
from projection import Projection
from sentence_alignment import Bead, Dictionary, align_sentences
from word_alignment import WordAlignment


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Project the Spanish evidence of CodiEsp onto the English text.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/ and background.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the tables (they hold corpus text)")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    clock = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - clock:6.0f} s  {text}", flush=True)

    documents = read_corpus(arguments.data)
    say(f"{len(documents)} documents read")
    alignment = WordAlignment(_beads(documents))
    say(f"{len(alignment.beads)} sentence pairs aligned word by word")

    bearings, projection = Bearings(alignment), Projection(alignment)
    for number, document in enumerate(documents):
        for evidence in document.evidence:
            for start, end in evidence.pieces:
                projection.add(bearings.places(number, start, end))
    projection.add(bearings.occurrences(frozenset(phrase for phrase, _ in projection.places())))
    projection.vote()
    mentions = sum(len(document.evidence) for document in documents)
    found = [item for item in project_evidence(documents, bearings, projection) if item]
    say(f"{len(found)} of {mentions} mentions found, {sum(len(item.pieces) == 1 for item in found)} in one piece")
    _write_lines(arguments.out / "codiesp_en_spans.jsonl", map(_span_row, found))

    english = _english_phrasebook(documents, found)
    _write_table(arguments.out / "codiesp_phrases.tsv", _phrase_rows(english))
    spanish = _spanish_phrasebook(documents, ("train",))
    variants = list(_variants(documents, bearings, projection, spanish))
    _write_table(arguments.out / "codiesp_variants.tsv", [_VARIANT_COLUMNS, *variants])
    say(f"{len(english.entries)} English phrases, {len(variants)} variants")
    for name, book in (("train", spanish), ("all", _spanish_phrasebook(documents, ("train", "dev")))):
        rows = list(_silver(documents, bearings, projection, book))
        _write_lines(arguments.out / f"codiesp_silver_{name}.jsonl", rows)
        say(f"{len(rows)} mentions marked in the background by the dictionary of {name}")
    for line in dictionary_scores(documents, english, spanish, variants):
        say(line)


def _beads(documents: Sequence[Document]) -> list[Bead]:
    """Pair sentences twice: by cognates, then by the dictionary that the first pairing taught."""

    def pair(dictionary: Dictionary | None) -> list[Bead]:
        return [bead for number, text in enumerate(documents) for bead in align_sentences(number, text, dictionary)]

    known = WordAlignment(pair(None), alone=3, together=1).dictionary()
    return pair(lambda word: known.get(word, ()))


def _span_row(item: EnglishEvidence) -> dict[str, object]:
    return {
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


def _codes(documents: Sequence[Document], splits: Sequence[str]) -> dict[int, frozenset[Code]]:
    return {
        number: frozenset((item.kind, item.code) for item in document.evidence)
        for number, document in enumerate(documents)
        if document.split in splits
    }


def _english_phrasebook(documents: Sequence[Document], found: Sequence[EnglishEvidence]) -> Phrasebook:
    book = Phrasebook()
    for item in found:
        pieces = [item.document.english[a:b] for a, b in item.pieces]
        book.learn(pieces, (item.source.kind, item.source.code), item.document.split, "en")
    codes = _codes(documents, ("train",))
    book.count({number: documents[number].english for number in codes}, codes, "en")
    return book


def _spanish_phrasebook(documents: Sequence[Document], splits: Sequence[str]) -> Phrasebook:
    """The Spanish dictionary of some splits, of evidence in one piece."""
    book = Phrasebook()
    codes = _codes(documents, splits)
    for number in codes:
        document = documents[number]
        for item in document.evidence:
            if len(item.pieces) == 1:
                start, end = item.pieces[0]
                book.learn([document.spanish[start:end]], (item.kind, item.code), document.split, "es")
    book.count({number: documents[number].spanish for number in codes}, codes, "es")
    return book


def _phrase_rows(book: Phrasebook) -> Iterator[Sequence[object]]:
    yield ("phrase", "code", "kind", "train", "dev", "docs_with_phrase", "docs_with_phrase_and_code")
    for pieces, entry in sorted(book.entries.items()):
        for (kind, code), marked in sorted(entry.marked.items()):
            counts = len(book.documents[pieces]), book.documents_with_code[pieces, (kind, code)]
            yield (book.spelling(pieces), code, kind, marked["train"], marked["dev"], *counts)


_VARIANT_COLUMNS = (
    "phrase", "code", "kind", "spanish", "source", "count", "share", "spanish_docs", "spanish_docs_with_code",
)  # fmt: skip


def _variants(
    documents: Sequence[Document], bearings: Bearings, projection: Projection, book: Phrasebook
) -> Iterator[tuple[object, ...]]:
    """English renderings, where no one marked them, of the Spanish phrases of a dictionary."""
    for phrase, places in sorted(projection.places()):
        entry = book.entries.get((phrase,))
        if not entry:
            continue
        renderings: dict[str, Counter[Phrase]] = defaultdict(Counter)
        spellings: dict[Phrase, Counter[str]] = defaultdict(Counter)
        for place in places:
            bead = bearings.alignment.beads[place.bead]
            document = documents[bead.document]
            window = projection.window(place)
            if document.split != "train" and window and window.score >= LEAST_SCORE:
                words = bead.english[window.start : window.end]
                key = tuple(token.form for token in words)
                renderings[document.split][key] += 1
                spellings[key][" ".join(document.english[words[0].start : words[-1].end].lower().split())] += 1
        for source, counts in sorted(renderings.items()):
            total = sum(counts.values())
            for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                spelling = min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0]
                for kind, code in sorted(entry.marked):
                    trust = len(book.documents[phrase,]), book.documents_with_code[(phrase,), (kind, code)]
                    yield (
                        spelling, code, kind, book.spelling((phrase,)), source, count, round(count / total, 4), *trust,
                    )  # fmt: skip


def _silver(
    documents: Sequence[Document], bearings: Bearings, projection: Projection, book: Phrasebook
) -> Iterator[dict[str, object]]:
    """Mark the background documents by a Spanish dictionary (longest phrases only) and project what is marked."""
    finder = Finder((pieces[0] for pieces in book.entries), "es")
    for number, document in enumerate(documents):
        if document.split != "background":
            continue
        for line in finder.lines(document.spanish):
            for phrase, start, end in longest_only(line):
                places = bearings.places(number, start, end)
                projection.add(places)
                windows = [(place, projection.window(place)) for place in places]
                if len(windows) != 1 or not windows[0][1] or windows[0][1].score < LEAST_SCORE:
                    continue
                place, window = windows[0]
                words = bearings.alignment.beads[place.bead].english[window.start : window.end]
                a, b = words[0].start, words[-1].end
                for kind, code in sorted(book.entries[phrase,].marked):
                    yield {
                        "doc": document.id, "split": document.split, "kind": kind, "code": code,
                        "es": document.spanish[start:end], "en": document.english[a:b], "start": a, "end": b,
                        "score": round(window.score, 3), "trust": round(book.trust((phrase,), (kind, code)), 3),
                    }  # fmt: skip


def _write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_table(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in rows)


if __name__ == "__main__":
    main()
