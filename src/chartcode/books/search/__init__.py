"""Search: words, prefixes, abbreviations, lay words, misspellings and codes lead to the entries of all books."""

from chartcode.books.search.book import SYSTEMS, Hit, Search

__all__ = ["SYSTEMS", "Hit", "Search"]
