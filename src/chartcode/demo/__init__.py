"""A practice that does not exist: a year of its charts and accounts, with problems planted for the reports to find.

The road: ``setting`` says who works where, ``people`` who is treated, ``year`` who comes when and with what, ``notes``
writes it down, ``accounts`` what was billed, ``fees`` for how much, ``remit`` what payers answered. All text is ours;
one seed gives one practice.
"""

from chartcode.demo.accounts import Account, accounts
from chartcode.demo.fees import fees_csv, practice_toml
from chartcode.demo.notes import chart
from chartcode.demo.remit import mail
from chartcode.demo.year import FIRST, LAST, Event, year

__all__ = ["FIRST", "LAST", "Account", "Event", "accounts", "chart", "fees_csv", "mail", "practice_toml", "year"]
