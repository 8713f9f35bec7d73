"""Menu View: panels, layouts and the window."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("to_board", "Go to the board", "View", "window.focus_board", ("F5",)),
    Action("to_viewer", "Go to the viewer", "View", "window.focus_viewer", ("F6",)),
    Action("to_prompt", "Go to the prompt", "View", "window.focus_prompt", ("F7",)),
    Action("show_queue", "Show or fold the queue", "View", "window.toggle_queue", ("F8",)),
    Action("pause", "Pause the queue or go on", "View", "drawing.toggle_pause", needs=("writable",)),
    Action("full_screen", "Full screen", "View", "window.toggle_full_screen", ("F11",), line_before=True),
    Action("reset_layout", "Put every panel back in its place", "View", "window.reset_layout"),
)  # fmt: skip
