"""How large a card is at a zoom, and what fits on it. Pure arithmetic, in logical pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

WIDTH, PICTURE = 164, 92
"""Of a card at the usual zoom."""
SMALLEST, LARGEST = 92, 328
STEP = 12
"""Pixels of width that one notch of the wheel adds or takes."""
WORDS_FROM = 124
"""Narrower cards show their number and an icon for the state, no words."""
PAD = 6
HEAD = 20
LINE = 14


@dataclass(frozen=True)
class CardSize:
    width: int = WIDTH

    @cached_property
    def picture(self) -> int:
        """Height of the picture."""
        return round(self.width * PICTURE / WIDTH)

    @cached_property
    def has_words(self) -> bool:
        """Whether the state is told in a word and the action in lines."""
        return self.width >= WORDS_FROM

    @cached_property
    def lines(self) -> int:
        """Lines of action under the number."""
        return 0 if not self.has_words else 3 if self.width >= 240 else 2

    @cached_property
    def height(self) -> int:
        below = 4 + self.lines * LINE if self.lines else 0
        return self.picture + PAD + HEAD + below + (PAD if self.lines else 4)


USUAL = CardSize()


def card_size(width: int) -> CardSize:
    """The size nearest to a wished width."""
    return CardSize(max(SMALLEST, min(LARGEST, width)))
