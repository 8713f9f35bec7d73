"""Menu Film: the film, its files, what leaves it, and going from one film to the next."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("new_film", "New film…", "Film", "shell.new_film", ("Ctrl+N",)),
    Action("open_film", "Open film…", "Film", "shell.open_film", ("Ctrl+O",)),
    Action("open_recent", "Open recent", "Film", "shell.recent_films", submenu=True),
    Action("film_settings", "Film settings…", "Film", "sheets.film_settings", needs=("writable",), line_before=True),
    Action("export_movie", "Export movie…", "Film", "window.export_movie", ("Ctrl+Shift+M",), needs=("frames",),
           line_before=True),
    Action("export_timeline", "Export timeline for editors…", "Film", "window.export_timeline", needs=("frames",)),
    Action("close_film", "Close film", "Film", "shell.close_film", ("Ctrl+W",), needs=("film",), line_before=True),
    Action("quit", "Quit Shotwright", "Film", "shell.quit", ("Ctrl+Q",)),
)  # fmt: skip
