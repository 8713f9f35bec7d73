"""Wishes for lanes and sound clips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from studio.project.commands import sound as sounds
from studio.ui.cut_selection import CutSelection
from studio.ui.cut_watch import CutWatch
from studio.ui.wishes.door import Door


class SoundWishes(QObject):
    def __init__(self, door: Door, watch: CutWatch, selection: CutSelection) -> None:
        super().__init__()
        self._door, self._watch, self._selection = door, watch, selection

    # --- clips ---

    def move(self, sound: str, lane: str, film_frame: int) -> None:
        self._door.run(sounds.edit_sound, sound, lane=lane, film_frame=film_frame)

    def trim(self, sound: str, side: str, by: int) -> None:
        self._door.run(sounds.trim_sound_tail if side == "tail" else sounds.trim_sound_head, sound, by)

    def split(self, sound: str, film_frame: int) -> None:
        self._door.run(sounds.split_sound, sound, film_frame)

    def set_gain(self, sound: str, gain: float) -> bool:
        return self._door.run(sounds.edit_sound, sound, gain=gain) is not None

    def rename(self, sound: str, name: str) -> bool:
        return self._door.run(sounds.edit_sound, sound, name=name) is not None

    def remove(self, sound: str) -> None:
        self._door.run(sounds.remove_sound, sound)

    # --- lanes ---

    def edit_lane(self, lane: str, fields: Mapping[str, Any]) -> bool:
        return self._door.run(sounds.edit_lane, lane, **fields) is not None

    def add_lane(self, name: str) -> bool:
        return self._door.run(sounds.add_lane, name) is not None

    def move_lane(self, lane: str, step: int) -> None:
        """Up (-1) or down (1) among the lanes."""
        lanes = [card.id for card in self._watch.cut.lanes]
        to = lanes.index(lane) + step if lane in lanes else -1
        if 0 <= to < len(lanes):
            self._door.run(sounds.move_lane, lane, to)

    def remove_lane(self, lane: str) -> None:
        self._door.run(sounds.remove_lane, lane)

    # --- called by actions ---

    def split_at_playhead(self) -> None:
        """The selected clip."""
        sound = self._watch.cut.sound(self._selection.sound or "")
        frame = self._selection.film_frame
        if sound is not None and sound.film_frame < frame < sound.film_frame + sound.frames:
            self.split(sound.id, frame)

    def remove_selected(self) -> None:
        if self._selection.sound is not None:
            self.remove(self._selection.sound)
