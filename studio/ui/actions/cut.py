"""Menus Cut and Sound: events, markers and versions of the film, sound clips; the timeline in menu View."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("split", "Split at the playhead", "Cut", "cut_sheets.split_at_playhead", ("Ctrl+K",),
           needs=("writable", "frames")),
    Action("split_shot", "Split into two shots", "Cut", "events.split_shot_at_playhead", ("Ctrl+Alt+K",),
           needs=("writable", "frames")),
    Action("trim_head", "Trim the head to the playhead", "Cut", "events.trim_head_to_playhead", ("Q",),
           needs=("writable", "frames")),
    Action("trim_tail", "Trim the tail to the playhead", "Cut", "events.trim_tail_to_playhead", ("W",),
           needs=("writable", "frames")),
    Action("tail_shorter", "One frame off the tail", "Cut", "events.tail_shorter", (",",), "timeline",
           needs=("writable", "frames")),
    Action("tail_longer", "One frame onto the tail", "Cut", "events.tail_longer", (".",), "timeline",
           needs=("writable", "frames")),
    Action("tap_to_time", "Tap to time", "Cut", "tapping.tap", ("T",), needs=("writable", "frames")),
    Action("flop", "Flop", "Cut", "events.flop", ("Ctrl+Alt+F",), needs=("writable", "frames"), line_before=True),
    Action("hold_first", "Hold the first frame", "Cut", "events.hold_first", needs=("writable", "frames")),
    Action("hold_last", "Hold the last frame", "Cut", "events.hold_last", needs=("writable", "frames")),
    Action("reverse", "Reverse", "Cut", "events.reverse", needs=("writable", "frames")),
    Action("speed", "Speed…", "Cut", "cut_sheets.open_speed", ("Ctrl+R",), needs=("writable", "frames")),
    Action("reframe", "Reframe…", "Cut", "cut_sheets.open_reframe", ("Ctrl+Alt+R",), needs=("writable", "frames")),
    Action("match", "Match to the shot before", "Cut", "continuity.match_current", ("Ctrl+Alt+M",),
           needs=("writable", "shot"), line_before=True),
    Action("take_grade_off", "Take the grade off", "Cut", "events.take_grade_off", needs=("writable", "frames")),
    Action("remove_event", "Take out of the cut", "Cut", "events.remove", ("Shift+Del",), needs=("writable", "frames")),
    Action("marker", "Marker at the playhead", "Cut", "cuts.add_marker_at_playhead", ("M",), needs=("writable",),
           line_before=True),
    Action("marker_before", "Marker before", "Cut", "cuts.marker_before", ("Shift+Up",)),
    Action("marker_after", "Next marker", "Cut", "cuts.marker_after", ("Shift+Down",)),
    Action("rename_marker", "Rename marker…", "Cut", "cut_sheets.rename_marker", needs=("writable", "marker")),
    Action("remove_marker", "Remove marker", "Cut", "cut_sheets.remove_marker", needs=("writable", "marker")),
    Action("add_sound", "Add sound…", "Sound", "cut_sheets.add_sound", needs=("writable",), line_before=True),
    Action("sound_gain", "Gain of the clip…", "Sound", "cut_sheets.open_gain", needs=("writable", "sound")),
    Action("rename_sound", "Rename clip…", "Sound", "cut_sheets.rename_sound", needs=("writable", "sound")),
    Action("remove_sound", "Remove clip", "Sound", "sound.remove_selected", needs=("writable", "sound")),
    Action("add_lane", "Add lane…", "Sound", "cut_sheets.add_lane", needs=("writable",)),
    Action("save_cut", "Save cut as new version…", "Cut", "cut_sheets.save_cut", ("Ctrl+Alt+S",),
           needs=("writable", "frames"), line_before=True),
    Action("versions", "Versions…", "Cut", "cut_sheets.open_versions", ("Ctrl+Alt+V",)),
    Action("timeline", "Board or timeline", "View", "board_panel.toggle_view", ("Ctrl+T",), line_before=True),
    Action("zoom_fit", "Zoom to fit", "View", "timeline.zoom_to_fit", ("\\", "Shift+Z"), "timeline"),
    Action("zoom_in", "Zoom in", "View", "timeline.zoom_in", ("=", "+"), "timeline"),
    Action("zoom_out", "Zoom out", "View", "timeline.zoom_out", ("-",), "timeline"),
)  # fmt: skip

MENUS_AT = {
    "event": ("split", "split_shot", "trim_head", "trim_tail", "", "flop", "hold_first", "hold_last", "reverse",
              "speed", "reframe", "", "duplicate_shot", "omit", "approve", "remove_event"),
    "sound": ("split", "sound_gain", "rename_sound", "remove_sound"),
    "marker": ("rename_marker", "remove_marker"),
    "markers": ("marker",),
    "lane": ("add_sound", "add_lane"),
    "shots": ("new_shot", "zoom_fit"),
    "scenes": ("new_scene", "zoom_fit"),
    "scene": ("new_shot", "new_scene", "", "expand_scene", "scene_prompts"),
    "ruler": ("marker", "zoom_fit", "zoom_in", "zoom_out"),
}  # fmt: skip
"""Entries of the menu under the pointer, by what lies there; an empty one is a line."""
