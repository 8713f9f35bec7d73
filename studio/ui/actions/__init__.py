"""Every menu entry, shortcut and palette entry: declared once, one file a menu; `build` makes them real."""

from __future__ import annotations

from studio.ui.actions import edit, film, play, shot, take, view
from studio.ui.actions.action import NEEDS, Action
from studio.ui.actions.build import build, enable, fill

MENUS = ("Film", "Edit", "Shot", "Take", "Play", "View")
ACTIONS: tuple[Action, ...] = (
    *film.ENTRIES, *edit.ENTRIES, *shot.ENTRIES, *take.ENTRIES, *play.ENTRIES, *view.ENTRIES,
)  # fmt: skip

__all__ = ["ACTIONS", "MENUS", "NEEDS", "Action", "build", "enable", "fill"]
