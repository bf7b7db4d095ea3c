"""ICD-10-CM: the tabular list, its notes, and the validity of its codes by day."""

from chartcode.books.icd10cm.book import ICD10CM
from chartcode.books.icd10cm.entries import Entry, Note

__all__ = ["ICD10CM", "Entry", "Note"]
