"""What lines cost and are worth: charges, expected allowed amounts, relative value units, by the lists that there are.

``fees`` reads a list of the user's own, ``schedule`` asks the fee schedule and the chargemaster that are installed,
``price`` puts the one before the other and prices the lines of a store, ``tables`` are the columns that it fills.
"""

from chartcode.analysis.pricing.fees import BadFees, Fees
from chartcode.analysis.pricing.fees import read as read_fees
from chartcode.analysis.pricing.price import Lists, price
from chartcode.analysis.pricing.schedule import Installed
from chartcode.analysis.pricing.tables import PRICED

__all__ = ["PRICED", "BadFees", "Fees", "Installed", "Lists", "price", "read_fees"]
