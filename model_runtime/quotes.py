"""Quotations in texts: the one rule of what is to be read or said letter by letter. Standard library only: the studio
reads it too.

A quotation ends on the line it begins on, and says something: an inch mark or a mark left open quotes nothing. Of marks
inside one another the inner ones count.
"""

from __future__ import annotations

import re

_MARKS = (('"', '"'), ("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"))
"""What opens a quotation, and what may close it."""

# No groups: others search for it together with what they look for themselves.
QUOTED = re.compile(
    "|".join(rf"{begin}(?=[^{begin}{end}\n]*[^\s{begin}{end}])[^{begin}{end}\n]+[{end}]" for begin, end in _MARKS)
)
"""`“FERRY 7”`, its marks included."""


def quoted(text: str) -> list[str]:
    """What stands in quotation marks, without them."""
    return [found[1:-1] for found in QUOTED.findall(text)]


def without(text: str) -> str:
    return QUOTED.sub(" ", text)
