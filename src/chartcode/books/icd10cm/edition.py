"""The opened books that answer for ICD-10-CM, shared by all days so that what was looked up once stays looked up."""

from __future__ import annotations

from chartcode.books.icd10cm.exclusions import Exclusions
from chartcode.books.icd10cm.sides import Sides
from chartcode.books.icd10cm.tabular import Tabular
from chartcode.books.order import Order
from chartcode.books.validity import Validity


class Edition:
    """A tabular list, the validity of codes, an installed order file if there is one, and what the list yields once."""

    def __init__(self, tabular: Tabular, validity: Validity, order: Order | None = None) -> None:
        """Take the books."""
        self.tabular = tabular
        self.validity = validity
        self.order = order
        self.sides = Sides(tabular)
        self.exclusions = Exclusions(tabular)
