"""Menu Edit: undo, finding what can be run, and what suits the person."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("undo", "Undo", "Edit", "door.undo", ("Ctrl+Z",), needs=("writable", "undo")),
    Action("redo", "Redo", "Edit", "door.redo", ("Ctrl+Shift+Z",), needs=("writable", "redo")),
    Action("palette", "Find or run…", "Edit", "finder.open", ("Ctrl+Shift+P",), line_before=True),
    Action("preferences", "Preferences…", "Edit", "shell.preferences", ("Ctrl+,",), line_before=True),
    Action("prompt_writers", "Prompt writers…", "Edit", "writers.open"),
    Action("shortcuts", "Keyboard shortcuts…", "Edit", "shell.shortcuts", ("F1",)),
)  # fmt: skip
