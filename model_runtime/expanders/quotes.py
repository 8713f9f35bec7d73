"""Words in quotation marks: what is to be read or said letter by letter."""

from __future__ import annotations

import re

MARKS = ('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"), ("«", "»")
LONGEST = 400
QUOTED = re.compile("|".join(f"{one}([^{end}\\n]{{1,{LONGEST}}}){end}" for one, end in MARKS))


def quoted(text: str) -> list[str]:
    """What stands in quotation marks, without them."""
    return [words for found in QUOTED.findall(text) for words in found if words.strip()]


def without(text: str) -> str:
    return QUOTED.sub(" ", text)
