"""Menu Play: playing and stepping, what is laid over the picture, comparing, drawing, screening."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("play", "Play or pause", "Play", "transport.toggle", ("Space",)),
    Action("faster_back", "Play backwards, faster", "Play", "steps.play_backwards", ("J",), repeats=False),
    Action("stop", "Stop; held down, J and L go slowly", "Play", "steps.hold_still", ("K",), repeats=False),
    Action("faster", "Play, faster", "Play", "steps.play_forwards", ("L",), repeats=False),
    Action("loop", "Loop playback", "Play", "viewer.toggle_loop", ("P",)),
    Action("mark_in", "Loop from here", "Play", "transport.set_in", ("I",), needs=("frames",)),
    Action("mark_out", "Loop to here", "Play", "transport.set_out", ("O",), needs=("frames",)),
    Action("clear_in", "Loop from the start", "Play", "transport.clear_in", ("Alt+I",)),
    Action("clear_out", "Loop to the end", "Play", "transport.clear_out", ("Alt+O",)),
    Action("clear_marks", "Loop all of it", "Play", "transport.clear_marks", ("Alt+X",)),
    Action("frame_back", "One frame back", "Play", "steps.frame_back", ("Left", ","), "viewer", line_before=True),
    Action("frame_on", "One frame on", "Play", "steps.frame_on", ("Right", "."), "viewer"),
    Action("second_back", "One second back", "Play", "steps.second_back", ("Shift+Left",), "viewer"),
    Action("second_on", "One second on", "Play", "steps.second_on", ("Shift+Right",), "viewer"),
    Action("cut_before", "Cut before", "Play", "steps.previous_cut", ("Up",), "viewer"),
    Action("cut_after", "Next cut", "Play", "steps.next_cut", ("Down",), "viewer"),
    Action("to_start", "To the start", "Play", "steps.go_to_start", ("Home",), "viewer"),
    Action("to_end", "To the end", "Play", "steps.go_to_end", ("End",), "viewer"),
    Action("to_timecode", "Go to timecode…", "Play", "viewer.type_timecode", ("=",), "viewer"),
    Action("match_frame", "Match frame", "Play", "viewer_desk.match_frame", ("F",), needs=("frames",)),
    Action("play_take", "Show the take", "Play", "viewer_desk.play_take", ("Ctrl+1",), line_before=True),
    Action("play_shot", "Show the shot", "Play", "viewer_desk.play_shot", ("Ctrl+2",)),
    Action("play_scene", "Show the scene", "Play", "viewer_desk.play_scene", ("Ctrl+3",)),
    Action("play_cut", "Show the cut", "Play", "viewer_desk.play_cut", ("Ctrl+4",)),
    Action("compare", "Compare takes or stop", "Take", "compare.toggle", ("C",), needs=("shot",), line_before=True),
    Action("swap", "Swap A and B", "Take", "compare.swap"),
    Action("wipe_left", "Move the wipe to the left", "Take", "compare.wipe_left", ("Ctrl+Left",), "viewer"),
    Action("wipe_right", "Move the wipe to the right", "Take", "compare.wipe_right", ("Ctrl+Right",), "viewer"),
    Action("blank_panel", "New blank panel", "Shot", "viewer_desk.add_blank_panel", needs=("writable", "shot"),
           line_before=True),
    Action("pencil", "Pencil", "Shot", "drawing_row.take_pencil", ("B",), "viewer", needs=("writable",),
           line_before=True),
    Action("draw_arrow", "Arrow", "Shot", "drawing_row.take_arrow", ("Shift+B",), "viewer", needs=("writable",)),
    Action("eraser", "Eraser", "Shot", "drawing_row.take_eraser", ("E",), "viewer", needs=("writable",)),
    Action("screening", "Screening", "Play", "screenings.toggle", ("F11",), needs=("frames",), line_before=True),
    Action("screening_display", "Display for screenings", "Play", "screenings.displays", submenu=True),
    Action("matte", "Matte", "View", "overlays.toggle_matte", ("Ctrl+Alt+1",), stays=True, line_before=True),
    Action("safe_areas", "Safe areas", "View", "overlays.toggle_safe", ("Ctrl+Alt+2",), stays=True),
    Action("thirds", "Thirds", "View", "overlays.toggle_thirds", ("Ctrl+Alt+3",), stays=True),
    Action("centre", "Centre", "View", "overlays.toggle_centre", ("Ctrl+Alt+4",), stays=True),
    Action("onion", "Last picture of the shot before", "View", "overlays.toggle_onion", ("Ctrl+Alt+5",), stays=True),
    Action("picture_size", "Next size of the picture", "View", "viewer.next_size", ("Z",), "viewer"),
)  # fmt: skip
SCREENED = (
    "play", "faster_back", "stop", "faster", "loop", "mark_in", "mark_out", "clear_in", "clear_out", "clear_marks",
    "frame_back", "frame_on", "second_back", "second_on", "cut_before", "cut_after", "marker_before", "marker_after",
    "to_start", "to_end", "matte", "screening",
)  # fmt: skip
"""Entries whose keys work during a screening."""
