"""One JSON object a line, one line a case: the report that other programs read (see ``chartcode.model.plain``)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from chartcode.model.case import Case
from chartcode.model.plain import plain


@dataclass(frozen=True)
class Lines:
    """Writes JSON lines in UTF-8."""

    def head(self) -> str:
        """Return nothing: every line stands for itself."""
        return ""

    def case(self, case: Case) -> str:
        """Return the line of one case."""
        return json.dumps(plain(case), ensure_ascii=False) + "\n"

    def tail(self) -> str:
        """Return nothing."""
        return ""
