"""Wishes for the panels of a shot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from studio.project import queries
from studio.project.commands import panel as panels
from studio.project.commands import shot as shots
from studio.project.cut_cards import Stroke
from studio.project.media import Imported
from studio.ui.background import Background
from studio.ui.selection import Selection
from studio.ui.wishes.door import Door


class PanelWishes(QObject):
    def __init__(self, door: Door, selection: Selection, background: Background) -> None:
        super().__init__()
        self._door, self._selection, self._background = door, selection, background

    def choose_panel(self, panel: str) -> None:
        if self._selection.shot:
            self._door.run(shots.choose_panel, self._selection.shot, panel)

    def draw_lines(self, panel: str, lines: Sequence[Stroke]) -> bool:
        """The lines on a panel become these. False where that was refused."""
        return self._door.run(panels.set_strokes, panel, lines) is not None

    def add_blank(self) -> None:
        """An empty panel for the current shot, which is looked at next."""
        shot = self._selection.shot
        if shot is None:
            return
        film, media = self._door.ask(queries.film_card), self._door.project.media
        make = partial(media.stage_blank, film.width, film.height)
        self._background.run(make, partial(self._keep_blank, shot), self._door.refused.emit)

    def _keep_blank(self, shot: str, picture: Imported) -> None:
        changes = self._door.run_keeping([picture], panels.new_blank, shot, picture)
        if changes is not None and self._selection.shot == shot:
            self._selection.look_at(panel=changes.new("panel"))
