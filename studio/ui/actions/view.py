"""Menu View: going to a panel with the keyboard, and the queue."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("to_board", "Go to the storyboard", "View", "places.to_board", ("Alt+1",), line_before=True),
    Action("to_viewer", "Go to the viewer", "View", "places.to_viewer", ("Alt+2",)),
    Action("to_prompt", "Go to the prompt", "View", "places.to_prompt", ("Alt+3",)),
    Action("to_takes", "Go to the takes", "View", "places.to_takes", ("Alt+4",)),
    Action("to_gallery", "Go to the references", "View", "places.to_gallery", ("Alt+5",)),
    Action("to_notes", "Go to the notes", "View", "places.to_notes", ("Alt+6",)),
    Action("to_continuity", "Go to continuity", "View", "places.to_continuity", ("Alt+7",)),
    Action("show_queue", "Show or fold the queue", "View", "places.toggle_queue", ("F8",), line_before=True),
    Action("report", "What was done…", "View", "queue_desk.show_report", ("F9",)),
    Action("pause", "Pause the queue or go on", "View", "drawing.toggle_pause", needs=("writable",)),
)  # fmt: skip
