"""Menu Film: the film, its files and what leaves it."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("export_movie", "Export movie…", "Film", "window.export_movie", ("Ctrl+Shift+M",), needs=("frames",)),
    Action("export_timeline", "Export timeline for editors…", "Film", "window.export_timeline", needs=("frames",)),
    Action("close", "Close window", "Film", "window.close", ("Ctrl+W", "Ctrl+Q"), line_before=True),
)  # fmt: skip
