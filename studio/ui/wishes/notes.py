"""Wishes for notes: written, changed, done, removed."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.project.commands import note as notes
from studio.settings import Settings
from studio.ui.wishes.door import Door


class NoteWishes(QObject):
    def __init__(self, door: Door, settings: Settings) -> None:
        super().__init__()
        self._door, self._settings = door, settings

    def add(self, shot: str, text: str, take: str | None, take_frame: int | None) -> bool:
        """On a frame of a take, or on the shot where none is on screen. False where it was refused."""
        frame = take_frame if take is not None else None
        made = self._door.run(notes.add_note, shot, text, author=self._settings.author(), take=take, take_frame=frame)
        return made is not None

    def change(self, note: str, text: str) -> bool:
        return self._door.run(notes.edit_note, note, text=text) is not None

    def set_status(self, note: str, status: str) -> None:
        """open, done or wont"""
        self._door.run(notes.edit_note, note, status=status)

    def remove(self, note: str) -> None:
        self._door.run(notes.remove_note, note)
