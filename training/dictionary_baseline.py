"""What the dictionary is worth by itself: dev diagnoses found by looking up the phrases of train.

Each line of a document is searched for the longest phrases; a phrase proposes its most trusted code if the trust
reaches a bound. The bounds are tried, not tuned: all are reported. Trust is the share of the documents with the phrase
that have the code: in train alone, or in train and in the background as marked by the Spanish dictionary of train.
Nothing measured here was learned from the codes of dev; the word alignment alone has seen its two texts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from parallel import Document
from phrases import Finder, Phrase, longest_only
from tables import Phrasing, Teacher

_BOUNDS = (0.0, 0.2, 0.35, 0.5)
_BACKGROUND_WEIGHT = 0.5  # a background document counts less: its codes are a dictionary's
Dictionary = Mapping[Phrase, Mapping[str, float]]


def dictionary_scores(documents: Sequence[Document], known: Sequence[Phrasing], train: Teacher) -> Iterator[str]:
    """Micro precision, recall and F1 over (document, code) of dev, one line of text for each dictionary and bound."""
    spanish = {
        pieces[0]: {code: train.trust(pieces, (kind, code)) for kind, code in entry.marked if kind == "D"}
        for pieces, entry in train.book.entries.items()
    }
    marked = [item for item in known if item.train]
    # A rendering that occurs once among many others is more likely a slip of the translation.
    variants = [item for item in known if item.source == "background" and (item.count > 1 or item.share >= 0.3)]
    dictionaries = (
        ("Spanish text, Spanish phrases", "es", spanish),
        ("English text, projected phrases", "en", _dictionary(marked, _train_trust)),
        ("  with trust from the background too", "en", _dictionary(marked, _wide_trust)),
        ("  with variants too", "en", _dictionary([*marked, *variants], _wide_trust)),
    )
    for name, language, dictionary in dictionaries:
        for bound in _BOUNDS:
            yield f"{name}, trust >= {bound}: {_score(documents, dictionary, language, bound)}"


def _train_trust(item: Phrasing) -> float:
    return item.train_docs_with_code / max(item.train_docs, 1)


def _wide_trust(item: Phrasing) -> float:
    right = item.train_docs_with_code + _BACKGROUND_WEIGHT * item.background_docs_with_code
    return right / max(item.train_docs + _BACKGROUND_WEIGHT * item.background_docs, 1.0)


def _dictionary(items: Iterable[Phrasing], trust: Callable[[Phrasing], float]) -> Dictionary:
    dictionary: dict[Phrase, dict[str, float]] = defaultdict(dict)
    for item in items:
        kind, code = item.code
        if kind == "D" and len(item.pieces) == 1:
            codes = dictionary[item.pieces[0]]
            codes[code] = max(codes.get(code, 0.0), trust(item))
    return dictionary


def _score(documents: Sequence[Document], dictionary: Dictionary, language: str, bound: float) -> str:
    finder = Finder((phrase for phrase, codes in dictionary.items() if codes), language)
    right = proposed = gold = 0
    for document in documents:
        if document.split != "dev":
            continue
        codes = set()
        for line in finder.lines(document.spanish if language == "es" else document.english):
            for phrase, _, _ in longest_only(line):
                code, trust = min(dictionary[phrase].items(), key=lambda item: (-item[1], item[0]))
                if trust >= bound:
                    codes.add(code)
        truth = {code for kind, code in document.gold if kind == "D"}
        right, proposed, gold = right + len(codes & truth), proposed + len(codes), gold + len(truth)
    precision, recall = right / max(proposed, 1), right / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
