"""``bench`` lies beside the package, not in it: tests find it from the root of the checkout."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
