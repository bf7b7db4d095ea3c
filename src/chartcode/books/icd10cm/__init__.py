"""ICD-10-CM: the tabular list, its notes, and the validity of its codes by day."""

from chartcode.books.icd10cm.book import ICD10CM
from chartcode.books.icd10cm.edition import Edition
from chartcode.books.icd10cm.entries import Demand, Entry, Note
from chartcode.books.icd10cm.tabular import Tabular

__all__ = ["ICD10CM", "Demand", "Edition", "Entry", "Note", "Tabular"]
