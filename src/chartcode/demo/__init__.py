"""A practice that does not exist: a year of its charts and accounts, with problems planted for the reports to find.

The road: ``setting`` says who works where, ``people`` who is treated, ``year`` who comes when and with what,
``notes`` writes it down, ``accounts`` what was billed and paid. All text is our own; one seed gives one practice.
"""

from chartcode.demo.accounts import Account, accounts
from chartcode.demo.notes import chart
from chartcode.demo.year import FIRST, LAST, Event, year

__all__ = ["FIRST", "LAST", "Account", "Event", "accounts", "chart", "year"]
