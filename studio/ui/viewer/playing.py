"""What the viewer plays in each mode; the cut is read once, and again only when it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.open_project import OpenProject
from studio.project import queries
from studio.project.cards import PanelCard, ShotCard, TakeCard
from studio.project.changes import Changes
from studio.project.cut_cards import EventCard, PanelShown
from studio.project.timing import FrameRate
from studio.ui.viewer.sequence import PlayList, Shown, Stretch, event_stretch, shot_stretch, take_stretch, with_take

FEEDS = ("event", "cut", "shot", "scene", "take", "panel", "film")
"""Kinds of changes after which the cut is read again."""


@dataclass(frozen=True)
class Played:
    """What `Viewer.show_sequence` needs."""

    subject: str
    sequence: PlayList
    before: Shown | None
    """The last picture of the shot before the first."""


class Playing:
    def __init__(self, project: OpenProject) -> None:
        self._project = project
        self._cut: PlayList | None = None
        self._scenes: dict[str, PlayList] = {}
        self._rate: FrameRate | None = None

    def forget(self, changes: Changes) -> None:
        """Called at once when the film changes."""
        if any(changes[kind] for kind in FEEDS):
            self._cut, self._rate = None, None
            self._scenes.clear()

    @property
    def rate(self) -> FrameRate:
        if self._rate is None:
            self._rate = self._project.ask(queries.film_card).rate
        return self._rate

    @property
    def cut(self) -> PlayList:
        """The current cut from its first frame to its last."""
        if self._cut is None:
            events = self._project.ask(queries.event_cards)
            bare = [event.shot for event in events if event.media is None and not event.panels]
            cards = {one.id: one for one in self._project.ask(queries.shot_cards, bare)} if bare else {}
            self._cut = PlayList(event_stretch(event, cards.get(event.shot), self.rate) for event in events)
        return self._cut

    def scene_starts(self) -> list[int]:
        """Film frames at which the cut goes to another scene."""
        stretches = self.cut.stretches
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
        events = [with_take(one, take) for one in self.cut.stretches if take is not None and one.shot == card.id]
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
        return self.cut.start_of(shot)

    def _before(self, film_frame: int | None) -> Shown | None:
        return self.cut.shown(film_frame - 1) if film_frame else None


def take_frame_to_film(take: TakeCard, take_frame: int, rate: FrameRate) -> int:
    """The film frame of a take played from its first frame on that shows `take_frame`."""
    return -int(-(take_frame * rate.fraction / take.rate.fraction) // 1)


def _panel_shown(panel: PanelCard | None, card: ShotCard) -> PanelShown | None:
    if panel is None:
        return None
    shown = PanelShown(panel.id, panel.picture, card.frames)
    return replace(shown, framing_start=panel.framing_start, framing_end=panel.framing_end, strokes=panel.strokes)
