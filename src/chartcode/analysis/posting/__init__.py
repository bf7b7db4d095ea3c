"""Payment posting: what clearinghouses and payers sent (837, 277, 835) becomes the accounts of the cases.

``x12`` reads the files; ``answer`` makes a line of the ledger of each claim that a payer answered; ``ledger`` puts the
answers to one claim in order (taken back, corrected, paid twice) and says where the claim stands; ``tables`` are the
columns; ``post`` ties all of it to the cases of a store. Nothing is dropped: what fits no case or does not add up is a
row of the table ``odd``.
"""

from chartcode.analysis.posting.post import COLUMNS, Posting
from chartcode.analysis.posting.tables import POSTED
from chartcode.analysis.posting.x12 import events

__all__ = ["COLUMNS", "POSTED", "Posting", "events"]
