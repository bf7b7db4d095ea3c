"""What stands in the Alphabetic Index: terms with their subterms, references, and the lines of its two tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A "see" or (``also``) "see also": its words as printed, and the terms that they lead to, without subterms.

    No terms are found where the book refers to a category, to "condition", or to a line that it does not have.
    """

    words: str
    also: bool
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the index.

    ``path`` has the words from the main term down to this one; ``nonessential`` the modifiers in parentheses, which do
    not change the code; ``code`` is as printed (``M41.2-`` wants further characters; '' where subterms or references
    lead on); ``manifestation`` the code in brackets, reported after it (Guidelines I.A.7, I.A.13); ``category`` what a
    reference to a category or subcategory names.
    """

    path: tuple[str, ...]
    nonessential: str = ""
    code: str = ""
    manifestation: str = ""
    category: str = ""
    references: tuple[Reference, ...] = ()
    subterms: tuple[Term, ...] = ()

    @property
    def words(self) -> str:
        """The words of the term itself."""
        return self.path[-1]

    @property
    def codes(self) -> tuple[str, ...]:
        """The code and the manifestation after it, as far as there are any."""
        return tuple(filter(None, (self.code, self.manifestation)))

    def lines(self) -> Iterator[Term]:
        """Yield the term and everything under it, in the order of the book."""
        yield self
        for term in self.subterms:
            yield from term.lines()


@dataclass(frozen=True, slots=True)
class Neoplasm:
    """A line of the neoplasm table: a site from the main term down, and its code by behavior ('' where none is given).

    The columns are malignant primary and secondary, carcinoma in situ, benign, uncertain and unspecified behavior.
    """

    path: tuple[str, ...]
    malignant: str
    secondary: str
    in_situ: str
    benign: str
    uncertain: str
    unspecified: str


@dataclass(frozen=True, slots=True)
class Drug:
    """A line of the table of drugs and chemicals: a substance, and its code by intent ('' where none is given).

    The columns are poisoning by accident, by intentional self-harm, by assault and by undetermined intent, adverse
    effect, and underdosing.
    """

    path: tuple[str, ...]
    accidental: str
    self_harm: str
    assault: str
    undetermined: str
    adverse: str
    underdosing: str
