"""Feed: records as they come, over the wire or into a folder, kept, made charts, and answered for.

What comes is stored before it is acknowledged, what is refused is kept with the reason, and no file is ever seen half
written. Below ``cli``, above ``pipeline``; the clock is handed in.
"""

from chartcode.feed.intake import Intake, Outcome, Uncoded
from chartcode.feed.lines import as_collected, coded
from chartcode.feed.listening import Listener
from chartcode.feed.store import Store, Taken
from chartcode.feed.watching import Watcher

__all__ = ["Intake", "Listener", "Outcome", "Store", "Taken", "Uncoded", "Watcher", "as_collected", "coded"]
