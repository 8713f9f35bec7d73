"""Menu Help: the program itself and what it wrote down."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("open_log", "Show the log files", "Help", "shell.open_log_folder"),
    Action("about", "About Shotwright", "Help", "shell.about", line_before=True),
)  # fmt: skip
