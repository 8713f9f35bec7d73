"""Find or run: the palette with the commands of a window. What it finds in a film is in `film_finding.py`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.settings import Settings
from studio.ui import actions
from studio.ui.palette import Entry, Palette
from studio.ui.theme import Look

RECENT_KEPT = 12
"""Commands run from the palette that stand first in it the next time."""


class Finder(QObject):
    """Opens the palette. On the start screen there is nothing but commands in it."""

    def __init__(self, look: Look, over: QWidget, settings: Settings) -> None:
        super().__init__(over)
        self._look, self._over, self._settings = look, over, settings
        self._built: Mapping[str, QAction] = {}

    def know(self, built: Mapping[str, QAction]) -> None:
        """The commands of the window, once they are built."""
        self._built = built

    # --- called by actions ---

    def open(self) -> None:
        Palette(self._look, self._over, [*self.commands(), *self.things()]).open()

    # --- what is offered ---

    def commands(self) -> list[Entry]:
        """Those run last first, the others in the order of the menus."""
        recent = {action: place for place, action in enumerate(self._settings["recent_actions"])}
        offered = [one for one in actions.ACTIONS if one.id in self._built and not one.submenu]
        offered.sort(key=lambda one: recent.get(one.id, len(recent)))
        return [self._command(one, recent=one.id in recent) for one in offered]

    def things(self) -> list[Entry]:
        return []

    def _command(self, action: actions.Action, *, recent: bool) -> Entry:
        built = self._built[action.id]
        keys = built.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        reason = "" if built.isEnabled() else built.toolTip()
        run = partial(self._run, action.id)
        return Entry(built.text().rstrip("…"), action.menu, keys, run, reason, recent=recent)

    def _run(self, action: str) -> None:
        """Remembered, so that it stands first the next time."""
        last = [one for one in self._settings["recent_actions"] if one != action]
        self._settings["recent_actions"] = [action, *last][:RECENT_KEPT]
        self._built[action].trigger()
