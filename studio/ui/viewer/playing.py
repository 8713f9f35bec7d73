"""What the viewer plays in each mode; the cut is read once, and again only when it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.errors import NotFound
from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import FilmCard, PanelCard, ShotCard, TakeCard
from studio.project.changes import Changes
from studio.project.cut_cards import EventCard, PanelShown
from studio.project.timing import FrameRate
from studio.ui.film_watch import FilmWatch
from studio.ui.viewer.sequence import PlayList, Shown, Stretch, event_stretch, shot_stretch, take_stretch, with_take

FEEDS = ("event", "cut", "shot", "scene", "take", "panel", "film")
"""Kinds of changes after which the cut is read again."""
ORDERS = ("event", "cut")
"""Those after which a shot may stand somewhere else in it, be the cut as long as before."""


@dataclass(frozen=True)
class Played:
    """What `Viewer.show_sequence` needs."""

    subject: str
    sequence: PlayList
    before: Shown | None
    """The last picture of the shot before the first."""


class Playing:
    """While one shot is played, an edit that moves none costs nothing here: the cut is read when it is played."""

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

    def forget(self, changes: Changes) -> None:
        """Called at once when the film changes."""
        if any(changes[kind] for kind in FEEDS):
            self._behind |= changes
            self._scenes.clear()

    def look_at(self, cut: str | None) -> None:
        """An earlier cut instead of the current one (None)."""
        self._looked_at, self._list, self._behind = cut, None, Changes()
        self._scenes.clear()

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

    @property
    def _places(self) -> PlayList:
        """The cut as far as it says where shots stand: what they show may have changed since."""
        moved = any(self._behind[kind] for kind in ORDERS) or _facts(self._read_as) != _facts(self._watch.film)
        longer = self._looked_at is None and self._read_as.frames != self._watch.film.frames
        return self.cut if self._list is None or moved or longer else self._list

    def scene_starts(self) -> list[int]:
        """Film frames at which the cut goes to another scene."""
        stretches = self._places.stretches
        scenes = [None, *(stretch.event.scene for stretch in stretches)]
        return [stretch.start for stretch, before in zip(stretches, scenes, strict=False)
                if stretch.event.scene != before]  # fmt: skip

    def of_cut(self) -> Played:
        return Played("cut", self.cut, None)

    def of_scene(self, scene: str | None) -> Played:
        if scene is None:
            return Played("", PlayList(), None)
        if scene not in self._scenes:
            self._scenes[scene] = PlayList(one for one in self.cut.stretches if one.event.scene == scene)
        sequence = self._scenes[scene]
        first = sequence.stretches[0].film_frame if sequence.stretches else None
        return Played(f"scene {scene}", sequence, self._before(first))

    def of_shot(self, card: ShotCard | None, take: TakeCard | None, panel: PanelCard | None) -> Played:
        """A take is played as the cut shows it, flopped, reframed and trimmed, whether it is the chosen one or not."""
        if card is None:
            return Played("", PlayList(), None)
        place = self._place(card.id)
        cut = self.cut if card.id in self._behind["shot"] else self._places
        events = [with_take(one, take) for one in cut.stretches if take is not None and one.shot == card.id]
        stretches = events or [shot_stretch(card, take, _panel_shown(panel, card), place, self.rate)]
        return Played(f"shot {card.id}", PlayList(stretches), self._before(place))

    def of_take(self, card: ShotCard | None, take: TakeCard | None) -> Played:
        if card is None or take is None:
            return Played("", PlayList(), None)
        place = self._place(card.id)
        stretch = take_stretch(card, take, place, self.rate)
        return Played(f"take {take.id}", PlayList([stretch]), self._before(place))

    def alone(self, event: EventCard) -> Stretch:
        """An event by itself, such as one that is being trimmed."""
        return event_stretch(event, None, self.rate)

    def _place(self, shot: str) -> int | None:
        """Where the cut shows a shot first."""
        return self._places.start_of(shot)

    def _before(self, film_frame: int | None) -> Shown | None:
        return self._places.shown(film_frame - 1) if film_frame else None


def _facts(film: FilmCard) -> tuple[object, ...]:
    """What of a film its events show."""
    return film.rate, film.start_timecode, film.numbering, film.numbers_locked, film.current_cut


def take_frame_to_film(take: TakeCard, take_frame: int, rate: FrameRate) -> int:
    """The film frame of a take played from its first frame on that shows `take_frame`."""
    return -int(-(take_frame * rate.fraction / take.rate.fraction) // 1)


def _panel_shown(panel: PanelCard | None, card: ShotCard) -> PanelShown | None:
    if panel is None:
        return None
    shown = PanelShown(panel.id, panel.picture, card.frames)
    return replace(shown, framing_start=panel.framing_start, framing_end=panel.framing_end, strokes=panel.strokes)
