"""Connects the timeline with the film: which cut it shows, what is selected, where the playhead is, what is wished."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.project.cut_cards import EventCard
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.drawing import Drawing
from studio.ui.parts.times import counted, film_length
from studio.ui.selection import Selection
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.storyboard.dock import BoardPanel
from studio.ui.storyboard.timeline.cut import TimelineCut
from studio.ui.storyboard.timeline.view import TimelineView
from studio.ui.wishes.cuts import CutWishes
from studio.ui.wishes.events import EventWishes
from studio.ui.wishes.sound import SoundWishes


class TimelineDesk(QObject):
    shots_chosen = Signal(list, object)
    """Shots of the events chosen on the timeline, and the current one of them."""

    def __init__(
        self, watch: CutWatch, selection: Selection, chosen: CutSelection, drawing: Drawing, events: EventWishes,
        sound: SoundWishes, cuts: CutWishes, panel: BoardPanel, shots: ShotList,
    ) -> None:  # fmt: skip
        super().__init__()
        self._watch, self._selection, self._chosen = watch, selection, chosen
        self._panel, self._view, self._shots = panel, panel.timeline, shots
        self._cuts, self._sound = cuts, sound
        self._due = True
        """The cut differs from what the view shows; it is asked for when the view is seen."""
        watch.changed.connect(self._cut_changed)
        selection.changed.connect(self._follow_shots)
        chosen.changed.connect(self._choose_shots)
        panel.view_shown.connect(lambda _view: self._show_if_seen())
        panel.tools.marker_requested.connect(cuts.add_marker_at_playhead)
        self._view.let_go.connect(self._show_if_seen)
        drawing.progressed.connect(lambda _job: self._view.viewport().update())
        self._connect_events(self._view, events)
        self._connect_sound(self._view, sound, cuts)

    def _connect_events(self, view: TimelineView, events: EventWishes) -> None:
        view.trim_requested.connect(events.trim)
        view.roll_requested.connect(events.roll)
        view.slip_requested.connect(events.slip)
        view.move_requested.connect(events.move)
        view.split_requested.connect(events.split)

    def _connect_sound(self, view: TimelineView, sound: SoundWishes, cuts: CutWishes) -> None:
        view.sound_move_requested.connect(sound.move)
        view.sound_trim_requested.connect(sound.trim)
        view.sound_split_requested.connect(sound.split)
        view.sound_gain_requested.connect(sound.set_gain)
        view.heads.edit_requested.connect(sound.edit_lane)
        view.heads.move_requested.connect(sound.move_lane)
        view.heads.remove_requested.connect(sound.remove_lane)
        view.marker_move_requested.connect(cuts.move_marker)
        view.marker_add_requested.connect(cuts.add_marker)
        view.remove_requested.connect(self._remove_chosen)

    def show_playhead(self, film_frame: int) -> None:
        """The viewer shows this frame of the cut."""
        self._chosen.move_playhead(film_frame)

    def _cut_changed(self) -> None:
        self._due = True
        self._show_if_seen()

    def _show_if_seen(self) -> None:
        """While something is in the hand the cut stays under it as it is, whatever a finished job changes."""
        if not self._due or self._panel.view != "timeline" or not self._view.hands.idle:
            return
        self._due, first = False, not self._view.cut.events
        self._view.show_cut(self._watch.cut)
        cut = self._watch.cut
        self._panel.show_cut(cut_words(cut, self._shots), kept=cut.frozen)
        self._drop_what_is_gone()
        self._follow_shots()
        if first:
            self._view.zoom_to_fit()

    def _drop_what_is_gone(self) -> None:
        cut, chosen = self._watch.cut, self._chosen
        if chosen.sound is not None and cut.sound(chosen.sound) is None:
            chosen.choose_sound(None)
        if chosen.marker is not None and cut.marker(chosen.marker) is None:
            chosen.choose_marker(None)
        there = [event for event in chosen.events if cut.event(event) is not None]
        if there != chosen.events:
            chosen.choose(there, chosen.current if chosen.current in there else None)

    def _choose_shots(self) -> None:
        """Events were chosen on the timeline: their shots are what the other panels show."""
        cut = self._watch.cut
        cards = [card for card in map(cut.event, self._chosen.events) if card is not None]
        current = cut.event(self._chosen.current or "")
        shots = list(dict.fromkeys(card.shot for card in cards))
        if current is not None and (shots, current.shot) != (self._selection.shots, self._selection.shot):
            self.shots_chosen.emit(shots, current.shot)

    def _follow_shots(self) -> None:
        """Shots were chosen elsewhere: an event of each, that under the playhead where it shows the shot."""
        if self._panel.view != "timeline" or self._due:
            return
        cut, wanted = self._watch.cut, self._selection.shots
        cards = [card for card in map(cut.event, self._chosen.events) if card is not None]
        now = cut.event(self._chosen.current or "")
        if {card.shot for card in cards} == set(wanted) and now is not None and now.shot == self._selection.shot:
            return
        found = [event.id for shot in wanted if (event := self._event_of(shot)) is not None]
        current = self._event_of(self._selection.shot or "")
        self._chosen.choose(found, current.id if current is not None else None)

    def _event_of(self, shot: str) -> EventCard | None:
        under = self._watch.cut.event_at(self._chosen.film_frame)
        return under if under is not None and under.shot == shot else self._watch.cut.first_of_shot.get(shot)

    def _remove_chosen(self) -> None:
        if self._chosen.sound is not None:
            self._sound.remove(self._chosen.sound)
        elif self._chosen.marker is not None:
            self._cuts.remove_marker(self._chosen.marker)


def cut_words(cut: TimelineCut, shots: ShotList) -> str:
    """`11 shots · 0:37:00 · 1 omitted`; an earlier cut says that it is one."""
    omitted = sum(shots.facts(group).omitted for group in shots.groups())
    left_out = [f"{omitted} omitted"] if omitted and not cut.frozen else []
    kept = ["An earlier cut, kept as it was"] if cut.frozen else []
    return " · ".join([*kept, counted(len(cut.first_of_shot), "shot"), film_length(cut.frames, cut.rate), *left_out])
