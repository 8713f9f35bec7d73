"""What can be done now: switches the menu entries, says why one is off, and names what undo and redo would do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from studio.open_project import OpenProject
from studio.ui import actions
from studio.ui.current_shot import CurrentShot
from studio.ui.cut_selection import CutSelection
from studio.ui.film_watch import FilmWatch


class Doable(QObject):
    def __init__(
        self, project: OpenProject, watch: FilmWatch, current: CurrentShot, chosen: CutSelection,
        built: Mapping[str, QAction],
    ) -> None:  # fmt: skip
        super().__init__()
        self._project, self._watch, self._current, self._chosen = project, watch, current, chosen
        self._built = built

    def show(self) -> None:
        shot, undo, redo = self._current.card, self._project.undo_text(), self._project.redo_text()
        actions.enable(actions.ACTIONS, self._built, {
            "writable": self._project.writable, "film": True, "frames": self._watch.film.frames > 0,
            "shot": shot is not None, "out_of_date": bool(shot and shot.cause),
            "take": self._current.take is not None, "panel": self._current.panel is not None,
            "marker": self._chosen.marker is not None, "sound": self._chosen.sound is not None,
            "undo": bool(undo), "redo": bool(redo),
        })  # fmt: skip
        self._built["undo"].setText(f"Undo {_lowered(undo)}".strip())
        self._built["redo"].setText(f"Redo {_lowered(redo)}".strip())


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
