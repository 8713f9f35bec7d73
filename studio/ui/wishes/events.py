"""Wishes for the events of the cut: trimmed, moved, split, and the small notes that need no generating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.project.commands import event as events
from studio.project.commands import shot as shots
from studio.project.commands import trim as trims
from studio.project.cut_cards import EventCard
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.wishes.door import Door

KEPT = "This cut is kept as it was. Make it the current one to change it."
NOTHING_THERE = "The playhead stands on no shot that could be split or trimmed there."


class EventWishes(QObject):
    frame_requested = Signal(int)
    """The playhead's wish: to stay on the picture it was on."""
    told = Signal(str)
    """why nothing was done, in passing"""

    def __init__(self, door: Door, watch: CutWatch, selection: CutSelection) -> None:
        super().__init__()
        self._door, self._watch, self._selection = door, watch, selection

    # --- called by the timeline ---

    def trim(self, event: str, side: str, by: int) -> None:
        self._door.run(trims.trim_tail if side == "tail" else trims.trim_head, event, by)

    def roll(self, event: str, by: int) -> None:
        self._door.run(trims.roll_cut, event, by)

    def slip(self, event: str, by: int) -> None:
        self._door.run(trims.slip_event, event, by)

    def move(self, moved: Sequence[str], to_place: int, scene: str) -> None:
        self._door.run(events.move_events, list(moved), to_place, scene=scene or None)

    def split(self, event: str, at: int) -> None:
        self._door.run(events.split_event, event, at)

    def set_lengths(self, lengths: Mapping[str, int]) -> None:
        if lengths:
            self._door.run(trims.set_lengths, dict(lengths))

    # --- called by sheets; whether it was done ---

    def retime(self, event: str, num: int, den: int) -> bool:
        return self._door.run(trims.retime_event, event, num, den) is not None

    def edit(self, event: str, fields: Mapping[str, Any]) -> bool:
        return self._door.run(events.edit_event, event, **fields) is not None

    # --- called by actions, at the playhead ---

    def split_at_playhead(self) -> None:
        """The event under the playhead."""
        if (found := self._under_playhead()) is not None:
            self.split(found[0].id, found[1])

    def split_shot_at_playhead(self) -> None:
        """The rest becomes a shot of its own."""
        if (found := self._under_playhead()) is not None:
            self._door.run(shots.split_shot, found[0].id, found[1])

    def trim_head_to_playhead(self) -> None:
        if (found := self._under_playhead()) is not None:
            self.trim(found[0].id, "head", found[1])
            self.frame_requested.emit(found[0].film_frame)

    def trim_tail_to_playhead(self) -> None:
        if (found := self._under_playhead()) is not None:
            self.trim(found[0].id, "tail", found[1] - found[0].frames)

    # --- called by actions, on what is selected ---

    def flop(self) -> None:
        if (event := self.current()) is not None:
            self.edit(event.id, {"flop": not event.flop})

    def take_grade_off(self) -> None:
        """The current event shows its take as it was drawn."""
        if (event := self.current()) is not None and event.grade is not None:
            self.edit(event.id, {"grade": None})

    def tail_shorter(self) -> None:
        self._nudge_tail(-1)

    def tail_longer(self) -> None:
        self._nudge_tail(1)

    def hold_first(self) -> None:
        self._hold("first")

    def hold_last(self) -> None:
        self._hold("last")

    def reverse(self) -> None:
        """The same pictures the other way round."""
        if (event := self.current()) is not None:
            self.retime(event.id, -event.speed_num, event.speed_den)

    def remove(self) -> None:
        """Out of the cut; the shots stay on the board's side of the film."""
        chosen = [event for event in self._selection.events if self._watch.cut.event(event) is not None]
        if chosen and self.may_edit():
            self._door.run(events.remove_events, chosen)

    def may_edit(self) -> bool:
        """Whether the cut looked at can be changed; where it cannot, a word says why."""
        if self._watch.cut.frozen:
            self.told.emit(KEPT)
        return not self._watch.cut.frozen

    def current(self) -> EventCard | None:
        """The current event, else the one under the playhead; None in a cut that is only looked at."""
        cut = self._watch.cut
        if not self.may_edit():
            return None
        return cut.event(self._selection.current or "") or cut.event_at(self._selection.film_frame)

    def _nudge_tail(self, by: int) -> None:
        if (event := self.current()) is not None:
            self.trim(event.id, "tail", by)

    def _hold(self, which: str) -> None:
        if (event := self.current()) is not None:
            self.edit(event.id, {"hold": "" if event.hold == which else which})

    def _under_playhead(self) -> tuple[EventCard, int] | None:
        """The event under the playhead and the frames into it, 1 or more; None, with a word, where there is none."""
        cut, frame = self._watch.cut, self._selection.film_frame
        event = None if cut.frozen else cut.event_at(frame)
        if event is None or frame == event.film_frame:
            self.told.emit(NOTHING_THERE)
            return None
        return event, frame - event.film_frame
