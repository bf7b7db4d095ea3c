"""The Alphabetic Index: the book in which a coder begins, with its neoplasm table and its table of drugs."""

from chartcode.books.index.book import AlphabeticIndex
from chartcode.books.index.terms import Drug, Neoplasm, Reference, Term

__all__ = ["AlphabeticIndex", "Drug", "Neoplasm", "Reference", "Term"]
