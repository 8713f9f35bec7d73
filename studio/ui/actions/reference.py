"""Entries of the reference gallery: subjects, their pictures, and names in the film's texts."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("new_subject", "New subject…", "Shot", "subject_pages.new_subject", needs=("writable",), line_before=True),
    Action("add_pictures", "Add pictures to a subject…", "Shot", "gallery_desk.pick_pictures", needs=("writable",)),
    Action("cut_from_file", "Cut out of a picture…", "Shot", "cutting_out.cut_from_file", needs=("writable",)),
    Action("find_subject", "Find a subject", "Edit", "gallery_desk.find", ("Ctrl+F",), "gallery", line_before=True),
    Action("names", "Names in the film…", "Edit", "gallery_desk.show_names"),
)  # fmt: skip
