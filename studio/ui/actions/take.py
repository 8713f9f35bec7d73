"""Menu Take: the take looked at, and what can be made out of it."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("choose_take", "Choose take", "Take", "takes.choose_current", needs=("writable", "take")),
    Action("star", "Star take", "Take", "takes.star_current", ("S",), needs=("writable", "take")),
    Action("reject", "Reject take or take it back", "Take", "takes.reject_current", ("X",),
           needs=("writable", "take")),
    Action("take_info", "Take info…", "Take", "takes_desk.show_info", ("Ctrl+I",), needs=("take",), line_before=True),
    Action("run_again", "Run again exactly", "Take", "take_work.run_again_current", ("Ctrl+Shift+R",),
           needs=("writable", "take")),
    Action("extend", "Extend…", "Take", "takes_desk.extend", ("Ctrl+Shift+E",), needs=("writable", "take")),
    Action("redo_range", "Redo range…", "Take", "takes_desk.redo_range", ("Ctrl+Shift+D",), needs=("writable", "take")),
    Action("note", "Write a note on this frame", "Take", "window.write_note", (";",), needs=("writable", "shot")),
    Action("next_first_frame", "Use as first frame of next shot", "Take", "take_work.use_as_next_first_frame",
           needs=("writable", "take"), line_before=True),
    Action("frame_as_panel", "Use this frame as panel", "Take", "take_work.use_as_panel", needs=("writable", "take")),
    Action("grab_reference", "Grab reference from this frame…", "Take", "frame_grab.grab_reference", ("G",),
           needs=("writable", "take")),
    Action("cut_from_frame", "Cut out of this frame…", "Take", "cutting_out.cut_from_frame", ("Shift+G",),
           needs=("writable", "take")),
)  # fmt: skip
