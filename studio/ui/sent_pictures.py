"""What of a shot's pictures is sent, as the screens tell it: tiles in order, what is dropped and why, other orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.generation.budget import LEFT_OUT, Budget, DroppedPicture, SentPicture
from studio.project.cards import BriefSubject, BriefView
from studio.project.gallery_cards import GivenCard, ShotPictures
from studio.project.words import engine_word

PURPOSES = {
    "composition": "Composition", "look": "Look", "first_frame": "First frame", "last_frame": "Last frame",
    "guide": "Guide", "mask": "Mask",
}  # fmt: skip
"""What a picture can be given to a shot for."""
SENT, GIVEN, DROPPED, WAITING = "sent", "given", "dropped", "waiting"
NAMED = 2
"""Pictures named in the line about what is dropped."""


@dataclass(frozen=True)
class Tile:
    """One picture of a shot as the strip and the page show it."""

    id: str
    """Of the subject's view, or of what the shot was given."""
    state: str
    """sent, given, dropped, or waiting: nobody knows yet"""
    number: int
    """The place it is sent in; of a dropped one the place after those that are."""
    picture: Path
    title: str
    """`@mara front`"""
    word: str
    """What it shows or is for, in a word: face, first frame"""
    purpose: str
    """identity, look, first frame"""
    size: str = ""
    """`384×384` as the engine reads it; empty: as it is"""
    reason: str = ""
    """Why it is dropped."""
    left_out: bool = False
    """By the user: it can be brought back."""
    own: bool = False
    """Given to this shot; no view of a subject."""
    strength: int = 100

    @property
    def sentence(self) -> str:
        """All of it, for a tip and for those who listen."""
        strength = f"at {self.strength} %" if self.own and self.strength != 100 else ""
        if self.state == DROPPED:
            return f"{self.title}, not sent: {self.reason}"
        if self.state == WAITING:
            return f"{self.title}: whether it is sent is {self.reason}"
        place = f"{self.number}." if self.state == SENT else ""
        told = self.title if self.own else f"{self.title}, {self.purpose}"
        return " ".join(filter(None, (place, ", ".join(filter(None, (told, strength, self.size))))))


def tiles_of(budget: Budget, given: Iterable[GivenCard]) -> tuple[Tile, ...]:
    """Those that are sent in their order, what else the shot was given, then what is dropped."""
    own = {one.id: one for one in given}
    sent = [_sent(one, own.get(one.view_id), SENT, one.place) for one in budget.sent]
    used = [_sent(one, own.get(one.view_id), GIVEN, 0) for one in budget.given]
    dropped = [_dropped(one, own.get(one.view_id), number)
               for number, one in enumerate(budget.dropped, len(sent) + 1)]  # fmt: skip
    told = {one.id for one in (*sent, *used, *dropped)}
    others = [_untold(card) for card in own.values() if card.id not in told]
    return (*sent, *used, *others, *dropped)


def unplaced(subjects: Iterable[BriefSubject], media: Path, own: ShotPictures) -> tuple[Tile, ...]:
    """Every picture that may be sent, in the shot's own order, while it is not known yet what the engine reads; then
    those it leaves out."""
    views = [(one, view) for one in subjects for view in one.views]
    views.sort(key=lambda pair: (pair[1].id in own.left_out, own.order.get(pair[1].id, len(own.order))))
    return tuple(_unplaced(number, one, view, media / view.name, view.id in own.left_out)
                 for number, (one, view) in enumerate(views, 1))  # fmt: skip


def _unplaced(number: int, subject: BriefSubject, view: BriefView, picture: Path, left_out: bool) -> Tile:
    reason = LEFT_OUT if left_out else "known once the engine runs"
    state, word = (DROPPED, "dropped") if left_out else (WAITING, view.view or "identity")
    title = f"{subject.name} {view.view}".strip()
    return Tile(view.id, state, number, picture, title, word, "identity", reason=reason, left_out=left_out)


def summary(tiles: Sequence[Tile]) -> str:
    """`4 of 6`: sent, of all that might be; empty while nobody knows."""
    sent = sum(one.state == SENT for one in tiles)
    every = sum(one.state in (SENT, DROPPED) for one in tiles)
    return f"{sent} of {every}" if every and not any(one.state == WAITING for one in tiles) else ""


def dropped_words(tiles: Sequence[Tile]) -> str:
    """`@ferry, @mara side: Over the 4 pictures sketch reads`, for the reason most are dropped for; how many others."""
    dropped = [one for one in tiles if one.state == DROPPED and not one.left_out]
    if not dropped:
        return ""
    by_reason: dict[str, list[Tile]] = {}
    for one in dropped:
        by_reason.setdefault(one.reason, []).append(one)
    reason, some = max(by_reason.items(), key=lambda pair: len(pair[1]))
    names = ", ".join(one.title for one in some[:NAMED])
    more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
    others = len(dropped) - len(some)
    rest = f"; {others} for other reasons" if others else ""
    return f"{names}{more}: {reason[:1].lower() if not reason.startswith('@') else reason[:1]}{reason[1:]}{rest}"


def moved(tiles: Sequence[Tile], tile: str, place: int) -> list[str] | None:
    """The views in the order they would be sent with `tile` at `place` (from 0) among them; None where that is theirs.

    What is dropped follows in its order, so that one moved among those that are sent pushes the last of them out.
    """
    views = _views(tiles)
    if tile not in views:
        return None
    was = views.index(tile)
    place = max(0, min(len(views) - 1, place))
    if was == place:
        return None
    views.insert(place, views.pop(was))
    return views


def swapped(tiles: Sequence[Tile], one: str, other: str) -> list[str]:
    """The same with two of them changed."""
    views = _views(tiles)
    first, second = views.index(one), views.index(other)
    views[first], views[second] = views[second], views[first]
    return views


def place_of(tiles: Sequence[Tile], tile: str) -> int:
    """Where a view stands among those that may be ordered, from 0; -1: it may not."""
    views = _views(tiles)
    return views.index(tile) if tile in views else -1


def _views(tiles: Sequence[Tile]) -> list[str]:
    return [one.id for one in tiles if not one.own and not one.left_out and one.state != GIVEN]


def unpictured(tiles: Sequence[Tile]) -> tuple[Tile, Tile] | None:
    """A subject whose every picture is dropped for want of room, and the last one sent, which could make room.

    Only where that one's subject is sent another picture, or is no person: nobody loses their face unasked.
    """
    sent = [one for one in tiles if one.state == SENT]
    shown = {_subject(one) for one in sent}
    lost = next((one for one in tiles if one.state == DROPPED and not one.left_out and one.reason.startswith("Over")
                 and _subject(one) and _subject(one) not in shown), None)  # fmt: skip
    return (lost, sent[-1]) if lost is not None and sent else None


def reads(budget: Budget) -> str:
    """`4 of 6 sent, sketch reads 8`"""
    every = len(budget.sent) + len(budget.dropped)
    sent = f"{len(budget.sent)} of {every} sent" if every else ""
    return ", ".join(filter(None, (sent, f"{engine_word(budget.engine)} reads {budget.most}" if budget.engine else "")))


def _subject(tile: Tile) -> str:
    return tile.title.partition(" ")[0] if tile.title.startswith("@") else ""


def _sent(one: SentPicture, given: GivenCard | None, state: str, number: int) -> Tile:
    size = f"{one.read_width}×{one.read_height}" if one.read_width and one.read_height else ""
    purpose = one.purpose.replace("_", " ")
    return Tile(
        one.view_id, state, number, one.picture, _title(one, given), one.view if one.subject and one.view else purpose,
        purpose, size, own=not one.subject, strength=given.strength if given else 100,
    )  # fmt: skip


def _dropped(one: DroppedPicture, given: GivenCard | None, number: int) -> Tile:
    return Tile(
        one.view_id, DROPPED, number, one.picture, _title(one, given), "dropped", one.purpose.replace("_", " "),
        reason=one.reason, left_out=one.left_out, own=not one.subject, strength=given.strength if given else 100,
    )  # fmt: skip


def _untold(card: GivenCard) -> Tile:
    """Given to the shot while nobody knows yet what the engine makes of it."""
    word = PURPOSES.get(card.purpose, card.purpose)
    return Tile(card.id, GIVEN, 0, card.picture, word, word.lower(), word.lower(), own=True, strength=card.strength)


def _title(one: SentPicture | DroppedPicture, given: GivenCard | None) -> str:
    if one.subject:
        return f"{one.subject} {one.view}".strip()
    purpose = given.purpose if given else one.purpose
    return PURPOSES.get(purpose, purpose.replace("_", " ").capitalize())
