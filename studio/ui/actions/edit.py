"""Menu Edit: undo, and finding what can be run."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("undo", "Undo", "Edit", "door.undo", ("Ctrl+Z",), needs=("writable", "undo")),
    Action("redo", "Redo", "Edit", "door.redo", ("Ctrl+Shift+Z",), needs=("writable", "redo")),
    Action("palette", "Find or run…", "Edit", "window.open_palette", ("Ctrl+Shift+P",), line_before=True),
)  # fmt: skip
