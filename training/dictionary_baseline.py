"""What the dictionary is worth by itself: dev diagnoses found by looking up the phrases of train.

Each line of a document is searched for the longest phrases; a phrase proposes its most trusted code if the share of
train documents with the phrase that have the code reaches a bound. The bounds are tried, not tuned: all are reported.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from parallel import Document
from phrases import Code, Finder, Phrase, Phrasebook, folded, longest_only

_BOUNDS = (0.0, 0.2, 0.35, 0.5)


def dictionary_scores(
    documents: Sequence[Document], english: Phrasebook, spanish: Phrasebook, variants: Sequence[tuple[object, ...]]
) -> Iterator[str]:
    """Micro precision, recall and F1 over (document, code) of dev, one line of text for each dictionary and bound.

    Args:
        documents: the corpus.
        english: projected phrases (those of train are used) counted over the English train texts.
        spanish: the Spanish dictionary of train, for the comparison on the Spanish text.
        variants: rows of the table of variants; those of the background are used.
    """
    plain = _from_book(english)
    widened = {phrase: dict(codes) for phrase, codes in plain.items()}
    counts = _variant_trust(documents, variants)
    for phrase, codes in counts.items():
        widened.setdefault(phrase, codes)
    dictionaries: Sequence[tuple[str, str, Mapping[Phrase, Mapping[str, float]]]] = (
        ("Spanish text, Spanish phrases", "es", _from_book(spanish)),
        ("English text, projected phrases", "en", plain),
        ("English text, with background variants", "en", widened),
    )
    for name, language, dictionary in dictionaries:
        for bound in _BOUNDS:
            yield f"{name}, trust >= {bound}: {_score(documents, dictionary, language, bound)}"


def _from_book(book: Phrasebook) -> dict[Phrase, dict[str, float]]:
    dictionary: dict[Phrase, dict[str, float]] = defaultdict(dict)
    for pieces, entry in book.entries.items():
        for (kind, code), marked in entry.marked.items():
            if kind == "D" and len(pieces) == 1 and marked["train"]:
                dictionary[pieces[0]][code] = book.trust(pieces, (kind, code))
    return dict(dictionary)


def _variant_trust(
    documents: Sequence[Document], variants: Sequence[tuple[object, ...]]
) -> dict[Phrase, dict[str, float]]:
    """Variants rendered more than once, or that are most of what their Spanish phrase becomes, with the Spanish trust.

    A variant that stands in train texts itself is trusted as far as those texts bear it out.
    """
    book = Phrasebook()
    trusted: dict[tuple[Phrase, str], float] = {}
    for phrase, code, kind, _, source, count, share, docs, with_code in variants:
        if kind == "D" and source == "background" and (count > 1 or share >= 0.3) and docs:  # type: ignore[operator]
            key = folded(str(phrase), "en")
            trusted[key, str(code)] = max(trusted.get((key, str(code)), 0.0), with_code / docs)  # type: ignore[operator]
            book.learn([str(phrase)], ("D", str(code)), "train", "en")
    texts = {number: document.english for number, document in enumerate(documents) if document.split == "train"}
    codes: dict[int, frozenset[Code]] = {n: frozenset(("D", c) for c in documents[n].codes("D")) for n in texts}
    book.count(texts, codes, "en")
    dictionary: dict[Phrase, dict[str, float]] = defaultdict(dict)
    for (key, code), trust in trusted.items():
        seen = len(book.documents[key,])
        dictionary[key][code] = (trust + book.documents_with_code[(key,), ("D", code)]) / (1 + seen)
    return dict(dictionary)


def _score(
    documents: Sequence[Document], dictionary: Mapping[Phrase, Mapping[str, float]], language: str, bound: float
) -> str:
    finder = Finder(dictionary, language)
    text: Callable[[Document], str] = (lambda d: d.spanish) if language == "es" else (lambda d: d.english)
    right = proposed = gold = 0
    for document in documents:
        if document.split != "dev":
            continue
        codes = set()
        for line in finder.lines(text(document)):
            for phrase, _, _ in longest_only(line):
                code, trust = min(dictionary[phrase].items(), key=lambda item: (-item[1], item[0]))
                if trust >= bound:
                    codes.add(code)
        truth = document.codes("D")
        right, proposed, gold = right + len(codes & truth), proposed + len(codes), gold + len(truth)
    precision, recall = right / max(proposed, 1), right / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
