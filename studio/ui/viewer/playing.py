"""What the viewer plays in each mode; the cut is read once, and again only when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard, PanelCard, ShotCard, TakeCard
from studio.project.changes import Changes
from studio.project.cut_cards import EventCard, ShotInCut
from studio.project.cut_queries import shot_in_cut
from studio.project.timing import FrameRate
from studio.ui.film_watch import FilmWatch
from studio.ui.viewer.sequence import (
    PlayList,
    Shown,
    Stretch,
    event_stretch,
    panel_shown,
    shot_stretch,
    take_stretch,
    with_take,
)

FEEDS = ("event", "cut", "shot", "scene", "take", "panel", "film")
"""Kinds of changes after which the cut is read again."""
@dataclass(frozen=True)
class Played:
    """What `Viewer.show_sequence` needs."""

    subject: str
    sequence: PlayList
    before: Shown | None
    """The last picture of the shot before the first."""
    scene_starts: Sequence[int] = ()
    """Film frames at which the cut goes to another scene, as far as they are needed."""


class Playing:
    """The whole cut is read when it, or a scene of it, is played; for one shot only its place is asked for."""

    def __init__(self, project: OpenProject, watch: FilmWatch) -> None:
        self._project, self._watch = project, watch
        self._looked_at: str | None = None
        self._events: tuple[EventCard, ...] = ()
        self._list: PlayList | None = None
        self._behind = Changes()
        """What changed since the cut was read."""
        self._read_as: FilmCard = watch.film
        """The film when the cut was read."""
        self._scenes: dict[str, PlayList] = {}
        self._shots: dict[str, ShotInCut] = {}
        self._starts: list[int] | None = None

    def forget(self, changes: Changes) -> None:
        """Called at once when the film changes."""
        if any(changes[kind] for kind in FEEDS):
            self._behind |= changes
            self._drop()

    def look_at(self, cut: str | None) -> None:
        """An earlier cut instead of the current one (None)."""
        self._looked_at, self._list, self._behind = cut, None, Changes()
        self._drop()

    def _drop(self) -> None:
        self._scenes.clear()
        self._shots.clear()
        self._starts = None

    @property
    def behind(self) -> bool:
        """Whether the cut changed since it was read."""
        return bool(self._behind)

    @property
    def rate(self) -> FrameRate:
        return self._watch.film.rate

    @property
    def cut(self) -> PlayList:
        """The cut that is looked at, from its first frame to its last."""
        if self._list is None or self._behind:
            self._events = self._read()
            self._behind, self._read_as = Changes(), self._watch.film
            # An event that did not change is the very same card: its stretch is kept with what it has worked out.
            known = {id(stretch.event): stretch for stretch in self._list.stretches} if self._list else {}
            self._list = PlayList(known.get(id(event)) or event_stretch(event, None, self.rate)
                                  for event in self._events)  # fmt: skip
        return self._list

    def _read(self) -> tuple[EventCard, ...]:
        """Only events that changes touched are read anew; an earlier cut that was removed gives way to the current."""
        try:
            if self._list is None:
                return self._project.ask(queries.event_cards, self._looked_at)
            return self._project.ask(queries.event_cards_again, self._events, self._since(), self._looked_at)
        except NotFound:
            self._looked_at = None
            return self._project.ask(queries.event_cards)

    def _since(self) -> Changes:
        """What changed, without what a job keeps in the film for itself: for that the whole cut would be read anew."""
        if _facts(self._read_as) != _facts(self._watch.film):
            return self._behind
        return Changes({kind: ids for kind, ids in self._behind.touched.items() if kind != "film"})

    def scene_starts(self) -> list[int]:
        """Film frames at which the cut goes to another scene."""
        if self._starts is None:
            stretches = self.cut.stretches
            scenes = [None, *(stretch.event.scene for stretch in stretches)]
            self._starts = [stretch.start for stretch, before in zip(stretches, scenes, strict=False)
                            if stretch.event.scene != before]  # fmt: skip
        return self._starts

    def of_cut(self) -> Played:
        return Played("cut", self.cut, None, self.scene_starts())

    def of_scene(self, scene: str | None) -> Played:
        if scene is None:
            return Played("", PlayList(), None)
        if scene not in self._scenes:
            self._scenes[scene] = PlayList(one for one in self.cut.stretches if one.event.scene == scene)
        sequence = self._scenes[scene]
        first = sequence.stretches[0].film_frame if sequence.stretches else None
        return Played(f"scene {scene}", sequence, self.cut.shown(first - 1) if first else None, self.scene_starts())

    def of_shot(self, card: ShotCard | None, take: TakeCard | None, panel: PanelCard | None) -> Played:
        """A take is played as the cut shows it, flopped, reframed and trimmed, whether it is the chosen one or not."""
        if card is None:
            return Played("", PlayList(), None)
        there = self._in_cut(card.id)
        stretches = [with_take(self.alone(event), take) for event in there.events if take is not None]
        shown = None if panel is None else panel_shown(panel, card.frames)
        stretches = stretches or [shot_stretch(card, take, shown, _place(there), self.rate)]
        return Played(f"shot {card.id}", PlayList(stretches), self._before(there), [there.scene_frame])

    def of_take(self, card: ShotCard | None, take: TakeCard | None) -> Played:
        if card is None or take is None:
            return Played("", PlayList(), None)
        there = self._in_cut(card.id)
        stretch = take_stretch(card, take, _place(there), self.rate)
        return Played(f"take {take.id}", PlayList([stretch]), self._before(there), [there.scene_frame])

    def alone(self, event: EventCard) -> Stretch:
        """An event by itself, such as one that is being trimmed."""
        return event_stretch(event, None, self.rate)

    def _in_cut(self, shot: str) -> ShotInCut:
        """Where the cut shows a shot. Asked for one shot at a time: most edits never need the whole cut."""
        if shot not in self._shots:
            try:
                self._shots[shot] = self._project.ask(shot_in_cut, shot, self._looked_at)
            except NotFound:  # the earlier cut was removed
                self._looked_at = None
                self._shots[shot] = self._project.ask(shot_in_cut, shot)
        return self._shots[shot]

    def _before(self, there: ShotInCut) -> Shown | None:
        return self.alone(there.before).shown(there.before.frames - 1) if there.before else None


def _place(there: ShotInCut) -> int | None:
    return there.events[0].film_frame if there.events else None


def _facts(film: FilmCard) -> tuple[object, ...]:
    """What of a film its events show."""
    return film.rate, film.start_timecode, film.numbering, film.numbers_locked, film.current_cut


def take_frame_to_film(take: TakeCard, take_frame: int, rate: FrameRate) -> int:
    """The film frame of a take played from its first frame on that shows `take_frame`."""
    return -int(-(take_frame * rate.fraction / take.rate.fraction) // 1)
