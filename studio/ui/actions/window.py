"""Menu Window: layouts, which panels are shown, the whole screen."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("layout_board", "Board layout", "Window", "places.board_layout", ("F5",), stays=True),
    Action("layout_edit", "Edit layout", "Window", "places.edit_layout", ("F6",), stays=True),
    Action("layout_review", "Review layout", "Window", "places.review_layout", ("F7",), stays=True),
    Action("saved_layouts", "Saved layouts", "Window", "places.saved_layouts", submenu=True, line_before=True),
    Action("save_layout", "Save layout as…", "Window", "places.save_layout"),
    Action("reset_layout", "Put every panel back in its place", "Window", "places.reset_layout"),
    Action("show_gallery", "References", "Window", "places.toggle_gallery", stays=True, line_before=True),
    Action("show_board", "Storyboard", "Window", "places.toggle_board", stays=True),
    Action("show_prompt", "Shot and prompt", "Window", "places.toggle_prompt", stays=True),
    Action("show_takes", "Takes", "Window", "places.toggle_takes", stays=True),
    Action("show_inspector", "Inspector", "Window", "places.toggle_inspector", stays=True),
    Action("show_notes", "Notes", "Window", "places.toggle_notes", stays=True),
    Action("show_continuity", "Continuity", "Window", "places.toggle_continuity", stays=True),
    Action("show_strip", "Film strip", "Window", "places.toggle_strip", stays=True),
    Action("full_screen", "Full screen", "Window", "shell.toggle_full_screen", ("Shift+F11",), line_before=True),
)  # fmt: skip
