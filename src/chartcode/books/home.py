"""Where the releases of this user are kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home_folder() -> Path:
    """Return where releases are kept: ``$CHARTCODE_HOME``, else the platform's folder for a user's data."""
    named = os.environ.get("CHARTCODE_HOME")
    if named:
        return Path(named).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "chartcode"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "chartcode"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "chartcode"
