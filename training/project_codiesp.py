"""Project the Spanish evidence of the CodiEsp corpus onto its English translation: one command, no chance in it.

    python training/project_codiesp.py --data <the CodiEsp folder> --out <a folder outside the repository>

Sentences are paired, words are linked, each marked Spanish phrase is followed into the English text, and what was
learned is written (tables have a header; codes in lower case as in the corpus):

codiesp_en_spans.jsonl     one line for each gold mention that was found: doc, split, kind (D diagnosis, P procedure),
                           code, es, en, start, end (of the whole, code points in the English file as it stands), pieces
                           ([[start, end], ...]; `en` joins them by " ... "), score in [0, 1]
codiesp_phrases.tsv        phrases that were marked: phrase, code, kind, train, dev (mentions), docs_with_phrase,
                           docs_with_phrase_and_code (English train documents that contain the phrase, marked or not),
                           background_docs, background_docs_with_code (the same in the background as marked below)
codiesp_variants.tsv       what the Spanish phrases of train become elsewhere: phrase, code, kind, spanish, source
                           (background or dev), count, share (of the renderings of the Spanish phrase in the source),
                           spanish_docs, spanish_docs_with_code (train), then the four columns of documents as above
codiesp_silver_train.jsonl background documents marked by the Spanish dictionary of train, projected: as the spans, with
                           trust = share of train documents with that Spanish phrase that have the code
codiesp_silver_all.jsonl   the same taught by train and dev
"""

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dictionary_baseline import dictionary_scores
from evidence import Bearings, project_evidence
from parallel import Document, read_corpus
from projection import Projection
from sentence_alignment import Bead, Dictionary, align_sentences
from tables import Phrasing, Study, phrasings, silver_codes, silver_rows, span_rows, teacher
from word_alignment import WordAlignment

_DOCUMENT_COLUMNS = ("train_docs", "train_docs_with_code", "background_docs", "background_docs_with_code")
_RENAMED = {"train_docs": "docs_with_phrase", "train_docs_with_code": "docs_with_phrase_and_code"}
_PHRASE_COLUMNS = ("phrase", "code", "kind", "train", "dev", *_DOCUMENT_COLUMNS)
_VARIANT_COLUMNS = (
    "phrase", "code", "kind", "spanish", "source", "count", "share", "spanish_docs", "spanish_docs_with_code",
    *_DOCUMENT_COLUMNS,
)  # fmt: skip


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Project the Spanish evidence of CodiEsp onto the English text.")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/, dev/ and background.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the tables (they hold corpus text)")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    clock = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - clock:6.0f} s  {text}", flush=True)

    documents = read_corpus(arguments.data)
    say(f"{len(documents)} documents read")
    study = _study(documents)
    say(f"{len(study.bearings.alignment.beads)} sentence pairs aligned word by word")

    mentions = sum(len(document.evidence) for document in documents)
    found = [item for item in project_evidence(documents, study.bearings, study.projection) if item]
    _write_lines(out / "codiesp_en_spans.jsonl", span_rows(found))
    say(f"{len(found)} of {mentions} mentions found, {sum(len(item.pieces) == 1 for item in found)} in one piece")

    train = teacher(documents, ("train",))
    silver = list(silver_rows(study, train))
    _write_lines(out / "codiesp_silver_train.jsonl", silver)
    _write_lines(out / "codiesp_silver_all.jsonl", silver_rows(study, teacher(documents, ("train", "dev"))))
    say(f"{len(silver)} mentions marked in the background by the dictionary of train")

    known = phrasings(study, found, train, silver_codes(silver))
    marked = [item for item in known if item.source == "marked"]
    variants = [item for item in known if item.source != "marked"]
    _write_table(out / "codiesp_phrases.tsv", _PHRASE_COLUMNS, marked)
    _write_table(out / "codiesp_variants.tsv", _VARIANT_COLUMNS, variants)
    say(f"{len(marked)} English phrases with a code, {len(variants)} variants")
    for line in dictionary_scores(documents, known, train):
        say(line)


def _study(documents: Sequence[Document]) -> Study:
    """Align the corpus and find what the marked phrases become wherever they stand."""

    def pair(dictionary: Dictionary | None) -> list[Bead]:
        return [bead for number, text in enumerate(documents) for bead in align_sentences(number, text, dictionary)]

    # Sentences are paired twice: by cognates, then by the dictionary that the first pairing taught.
    known = WordAlignment(pair(None), alone=3, together=1).dictionary()
    alignment = WordAlignment(pair(lambda word: known.get(word, ())))
    bearings, projection = Bearings(alignment), Projection(alignment)
    for number, document in enumerate(documents):
        for evidence in document.evidence:
            for start, end in evidence.pieces:
                projection.add(bearings.places(number, start, end))
    projection.add(bearings.occurrences(frozenset(phrase for phrase, _ in projection.places())))
    projection.vote()
    return Study(documents, bearings, projection)


def _write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_table(path: Path, columns: Sequence[str], items: Iterable[Phrasing]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join(_RENAMED.get(column, column) for column in columns) + "\n")
        file.writelines("\t".join(_cell(item, column) for column in columns) + "\n" for item in items)


def _cell(item: Phrasing, column: str) -> str:
    if column == "kind":
        return item.code[0]
    return item.code[1] if column == "code" else str(getattr(item, column))


if __name__ == "__main__":
    main()
