"""Which shots the board shows: the filters above it, and how many shots each would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from studio.project.cards import ShotCard, ShotState

ALL = "all"
WORDS = {
    ALL: "All",
    "to_do": "To do",
    "out_of_date": "Out of date",
    "approved": "Approved",
    "failed": "Failed",
}
"""Filters in their order, by the words on their chips."""
REASONS = {
    "to_do": "Shots without a take, or with one on its way",
    "out_of_date": "Shots whose picture was made of something that changed since",
    "approved": "Shots you approved",
    "failed": "Shots whose last job failed",
}


def tags(card: ShotCard) -> tuple[str, ...]:
    """The filters that show a card."""
    left_out = card.omitted or card.approved
    told = (
        ("to_do", not left_out and (not card.takes or card.job is not None)),
        ("out_of_date", card.state is ShotState.OUT_OF_DATE),
        ("approved", card.approved and not card.omitted),
        ("failed", card.state is ShotState.FAILED),
    )
    return (ALL, *(name for name, applies in told if applies))


def is_missing(card: ShotCard) -> bool:
    """Whether *Generate what is missing* would draw it."""
    return not (card.takes or card.approved or card.omitted or card.job)


class Tally:
    """How many of the cards read so far each filter shows: kept up card by card, never counted anew."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def swap(self, before: ShotCard | None, after: ShotCard | None) -> None:
        self._counts.subtract(_told(before))
        self._counts.update(_told(after))

    def __getitem__(self, name: str) -> int:
        return self._counts[name]


def _told(card: ShotCard | None) -> Iterable[str]:
    if card is None:
        return ()
    return (*tags(card), *(("missing",) if is_missing(card) else ()), *(("drawn",) if card.takes else ()))
