"""What was in force on a day: the code books, each by date, and what one may ask of them."""

from chartcode.books.day import Books
from chartcode.books.icd10cm import ICD10CM, Entry, Note
from chartcode.books.release import Release
from chartcode.books.shelf import Shelf

__all__ = ["ICD10CM", "Books", "Entry", "Note", "Release", "Shelf"]
