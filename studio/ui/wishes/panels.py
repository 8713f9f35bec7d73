"""Wishes for the panels of a shot."""

from __future__ import annotations

from PySide6.QtCore import QObject

from studio.project.commands import shot as shots
from studio.ui.selection import Selection
from studio.ui.wishes.door import Door


class PanelWishes(QObject):
    def __init__(self, door: Door, selection: Selection) -> None:
        super().__init__()
        self._door, self._selection = door, selection

    def choose_panel(self, panel: str) -> None:
        if self._selection.shot:
            self._door.run(shots.choose_panel, self._selection.shot, panel)
