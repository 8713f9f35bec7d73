"""Going to a shot by typing its number on the board."""

from __future__ import annotations

import re
from collections.abc import Sequence
from time import monotonic

TYPED_WITHIN_S = 1.0
"""A key pressed later than this after the last one begins a new number."""


class TypedNumber:
    """What was typed so far. Begins with a digit; letters, `_`, `-` and `.` may follow, as in 12A or 1_0030."""

    def __init__(self) -> None:
        self._text = ""
        self._last = 0.0

    @property
    def text(self) -> str:
        return self._text if monotonic() - self._last <= TYPED_WITHIN_S else ""

    def takes(self, key: str) -> bool:
        """Whether the key goes on with a number, so that it is no shortcut now."""
        return bool(re.fullmatch(r"[0-9]", key) or (self.text and re.fullmatch(r"[A-Za-z_.\-]", key)))

    def type(self, key: str) -> str:
        self._text, self._last = self.text + key, monotonic()
        return self._text

    def forget(self) -> None:
        self._text = ""


def place_of_number(typed: str, numbers: Sequence[str], scenes: Sequence[str], at: int) -> int | None:
    """Where the shot stands that is meant: its number as shown, its number within the scene at hand, its place from 1.

    `numbers` and `scenes` are those of all shots in board order, `at` is the place of the current one.
    """
    wanted = typed.upper()
    for place, number in enumerate(numbers):
        if number.upper() == wanted:
            return place
    if not wanted.isdigit():
        return next((place for place, number in enumerate(numbers) if number.upper().startswith(wanted)), None)
    here = scenes[at] if 0 <= at < len(scenes) else None
    for place, number in enumerate(numbers):
        last = re.search(r"(\d+)[A-Z.]*$", number.upper())
        if scenes[place] == here and last is not None and int(last[1]) == int(wanted):
            return place
    return int(wanted) - 1 if 1 <= int(wanted) <= len(numbers) else None
