"""The state of a shot as the board shows it: icon, word and colours, readable without colour."""

from __future__ import annotations

from studio.project.cards import ShotCard, ShotState
from studio.ui.parts.painting import Badge
from studio.ui.parts.times import counted, ordinal

PLAIN = {
    ShotState.EMPTY: Badge("empty", "Empty", "grey-4"),
    ShotState.RUNNING: Badge("running", "Running", "accent", "accent-quiet"),
    ShotState.FAILED: Badge("failed", "Failed", "bad", "bad-quiet"),
    ShotState.OUT_OF_DATE: Badge("out-of-date", "Out of date", "warn", "warn-quiet"),
    ShotState.PAGES_CHANGED: Badge("pages-changed", "Pages changed", "warn", "warn-quiet"),
    ShotState.APPROVED: Badge("approved", "Approved", "good", "good-quiet"),
    ShotState.OMITTED: Badge("omitted", "Omitted", "grey-4"),
}


def shot_badge(card: ShotCard) -> Badge:
    match card.state:
        case ShotState.QUEUED:
            return Badge("queued", f"Queued {ordinal(card.queue_place)}" if card.queue_place else "Queued", "grey-4")
        case ShotState.HAS_TAKES:
            return Badge("takes", counted(card.takes, "take"), "grey-5", "grey-3")
        case ShotState.HAS_PANELS:
            return Badge("panel", "Panel" if card.panels == 1 else f"{card.panels} panels", "grey-5", "grey-3")
    return PLAIN[card.state]
