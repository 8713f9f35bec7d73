"""Where one event of the cut meets the next of its scene, and every place a subject is seen. Reads the film alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from studio.interchange.shown_cut import Stretch
from studio.project import cut_queries, queries
from studio.project.cards import BriefSubject
from studio.project.cast import Cast
from studio.project.cut_cards import EventCard
from studio.project.shown import Piece, piece_at, pieces

OTHER_SIDE = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a picture, as its shot says it; empty words are not known."""

    side: str
    size: str
    """Shot size, as the field says it."""


@dataclass(frozen=True)
class Moment:
    """One frame of an event, as the cut shows it."""

    event: EventCard
    piece: Piece
    event_frame: int

    @property
    def stretch(self) -> Stretch:
        """The same as an export knows it: one frame long."""
        return Stretch(self.event, self.event.film_frame + self.event_frame,
                       replace(self.piece, start=self.event_frame, frames=1), None)

    @property
    def ungraded(self) -> Moment:
        return replace(self, piece=replace(self.piece, grade=None))

    @property
    def key(self) -> tuple[object, ...]:
        """Two moments with the same key are the same picture."""
        shown = self.piece.shown(self.event_frame)
        return shown.source, shown.take_frame, shown.flop, shown.framing, shown.strokes, shown.grade


@dataclass(frozen=True)
class Shared:
    """Somebody who is in both shots, and where."""

    name: str
    before: Standing
    after: Standing


@dataclass(frozen=True)
class Join:
    """The last frame of one event and the first of the next."""

    last: Moment
    first: Moment
    people: tuple[Shared, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        return self.last.key, self.first.key, self.people

    @property
    def numbers(self) -> str:
        return f"{self.last.event.shot_number} to {self.first.event.shot_number}"


@dataclass(frozen=True)
class Appearance:
    """A subject where the cut first shows one of its shots."""

    moment: Moment
    standing: Standing
    worn: tuple[str, ...] = ()


def joins(session: Any, scene: str | None = None, cut: str | None = None) -> tuple[Join, ...]:
    """Of one scene, or of all, in the order of the cut; where a missing-shot card stands nothing is compared."""
    film = queries.film_card(session)
    events = [event for event in cut_queries.event_cards(session, cut) if scene in (None, event.scene)]
    cast = Cast(session, {event.shot for event in events})
    ends = {event.id: _ends(event, film.rate) for event in events}
    found = []
    for before, after in pairwise(events):
        last, first = ends[before.id], ends[after.id]
        if before.scene == after.scene and before.shot != after.shot and last and first:
            found.append(Join(last[1], first[0], tuple(_shared(cast, before, after))))
    return tuple(found)


def appearances(session: Any, subject: str) -> tuple[Appearance, ...]:
    """The middle of every shot the subject is in, in the order of the cut, each shot once."""
    film, events = queries.film_card(session), cut_queries.event_cards(session)
    cast = Cast(session, {event.shot for event in events})
    found: dict[str, Appearance] = {}
    for event in events:
        one = next((one for one in cast.of(event.shot) if one.id == subject), None)
        moment = _at(event, film.rate, event.frames // 2) if one is not None and event.shot not in found else None
        if one is not None and moment is not None:
            found[event.shot] = Appearance(moment, _standing(one, event), one.worn)
    return tuple(found.values())


def _ends(event: EventCard, rate: Any) -> tuple[Moment, Moment] | None:
    first, last = _at(event, rate, 0), _at(event, rate, event.frames - 1)
    return (first, last) if first and last else None


def _at(event: EventCard, rate: Any, event_frame: int) -> Moment | None:
    piece = piece_at(pieces(event, rate), event_frame)
    return Moment(event, piece, event_frame) if piece is not None and piece.source is not None else None


def _shared(cast: Cast, before: EventCard, after: EventCard) -> Iterator[Shared]:
    then = {one.id: one for one in _people(cast.of(before.shot))}
    for one in _people(cast.of(after.shot)):
        if one.id in then:
            yield Shared(one.name, _standing(then[one.id], before), _standing(one, after))


def _people(subjects: Sequence[BriefSubject]) -> list[BriefSubject]:
    return [one for one in subjects if one.kind in ("character", "prop")]


def _standing(one: BriefSubject, event: EventCard) -> Standing:
    """Of a picture that is reframed nobody knows where they stand; one that is flopped has them on the other side."""
    framed = event.framing_start is not None or event.framing_end is not None
    side = OTHER_SIDE.get(one.side, one.side) if event.flop else one.side
    return Standing("", "") if framed else Standing(side, event.camera.partition(",")[0].casefold())
