"""ICD-10-PCS: titles, tables, index, definitions and keys, and what is reportable on a day."""

from chartcode.books.icd10pcs.book import ICD10PCS
from chartcode.books.icd10pcs.pages import Pages
from chartcode.books.icd10pcs.tables import OPEN, Axis, Row, Table, axis_names

__all__ = ["ICD10PCS", "OPEN", "Axis", "Pages", "Row", "Table", "axis_names"]
