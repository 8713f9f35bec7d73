"""What screens say of an expanded prompt: what became of it, who wrote it, what the next take is drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from studio.project.prompt_cards import ACCEPTED, EDITED, REFUSED, UNDECIDED, ExpansionCard

GRAMMAR = "Film grammar"
STATES = {UNDECIDED: "proposed", ACCEPTED: "accepted", EDITED: "accepted in part", REFUSED: "refused"}
ICONS = {UNDECIDED: "expand", ACCEPTED: "approved", EDITED: "approved", REFUSED: "close"}
LANGUAGES = {"": "As the draft", "en": "English", "zh": "Chinese"}


def state_word(card: ExpansionCard) -> str:
    """`edited` is told as what it came from: a part was changed, or one refused."""
    refused = any(part.state == REFUSED for part in card.parts)
    return "accepted, edited" if card.state == EDITED and not refused else STATES[card.state]


def numbered(cards: Sequence[ExpansionCard]) -> Mapping[str, int]:
    """The number each text of a shot is called by: 1 for the first that was ever proposed. `cards`: newest first.

    Not the variant its writer counts: every writer, and every draft, begins at 1 again.
    """
    return {card.id: len(cards) - place for place, card in enumerate(cards)}


def title(card: ExpansionCard, number: int) -> str:
    """`Variant 2, accepted in part`"""
    return f"Variant {number}, {state_word(card)}"


def writer_word(card: ExpansionCard, titles: Mapping[str, str]) -> str:
    """Who wrote it: `Film grammar`, `My server, qwen3`."""
    name = titles.get(card.provider, card.provider)
    return ", ".join(filter(None, (name, card.model)))


def clock(stamp: str, now: datetime | None = None) -> str:
    """`14:02` today, `20 Nov` before; empty where there is no time."""
    try:
        then = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return ""
    today = (now or datetime.now()).astimezone().date()
    return f"{then:%H:%M}" if then.date() == today else f"{then.day} {then:%b}"


def source_words(cards: Sequence[ExpansionCard], draft: str) -> str:
    """Which text the shot's next take is drawn from. `cards`: newest first."""
    numbers = numbered(cards)
    used = next((card for card in cards if card.used), None)
    waiting = next((card for card in cards if card.state == UNDECIDED), None)
    if used is not None:
        when = clock(used.decided_at)
        words = f"Next take: variant {numbers[used.id]}, {state_word(used)}{f' {when}' if when else ''}"
        return f"{words}; the draft was changed since" if used.draft != draft else words
    drawn = f"this draft, told by {GRAMMAR}"
    return f"Variant {numbers[waiting.id]} waits. Next take: {drawn}" if waiting is not None else f"Next take: {drawn}"
