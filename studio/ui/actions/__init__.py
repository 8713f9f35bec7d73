"""Every menu entry, shortcut and palette entry: declared once, one file a menu; `build` makes them real."""

from __future__ import annotations

from studio.ui.actions import cut, edit, film, help, play, prompt, reference, shot, take, view, window
from studio.ui.actions.action import NEEDS, Action
from studio.ui.actions.build import Choice, build, enable, fill, give_keys

MENUS = ("Film", "Edit", "Shot", "Take", "Cut", "Sound", "Play", "View", "Window", "Help")
ACTIONS: tuple[Action, ...] = (
    *film.ENTRIES, *edit.ENTRIES, *shot.ENTRIES, *reference.ENTRIES, *prompt.ENTRIES, *take.ENTRIES, *cut.ENTRIES,
    *play.ENTRIES, *view.ENTRIES, *window.ENTRIES, *help.ENTRIES,
)  # fmt: skip

__all__ = ["ACTIONS", "MENUS", "NEEDS", "Action", "Choice", "build", "enable", "fill", "give_keys"]
