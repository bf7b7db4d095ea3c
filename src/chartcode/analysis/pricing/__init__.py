"""What lines cost and are worth: charges, expected allowed amounts, relative value units, by the lists that there are.

``fees`` reads a list of the user's own, ``schedule`` asks the fee schedule and the chargemaster that are installed,
``price`` puts the one before the other, ``questions`` join the prices to the lines, ``tables`` are the columns.
"""

from chartcode.analysis.pricing.fees import BadFees, Fees
from chartcode.analysis.pricing.fees import read as read_fees
from chartcode.analysis.pricing.price import Lists, price
from chartcode.analysis.pricing.schedule import Installed
from chartcode.analysis.pricing.tables import PRICED

__all__ = ["PRICED", "BadFees", "Fees", "Installed", "Lists", "price", "read_fees"]
