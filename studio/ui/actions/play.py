"""Menu Play: playing and stepping."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("play", "Play or pause", "Play", "transport.toggle", ("Space",)),
    Action("faster_back", "Play backwards, faster", "Play", "window.play_backwards", ("J",)),
    Action("stop", "Stop", "Play", "transport.stop", ("K",)),
    Action("faster", "Play, faster", "Play", "window.play_forwards", ("L",)),
    Action("loop", "Loop playback", "Play", "window.toggle_loop", ("P",)),
    Action("frame_back", "One frame back", "Play", "window.frame_back", ("Left",), "viewer", line_before=True),
    Action("frame_on", "One frame on", "Play", "window.frame_on", ("Right",), "viewer"),
    Action("second_back", "One second back", "Play", "window.second_back", ("Shift+Left",), "viewer"),
    Action("second_on", "One second on", "Play", "window.second_on", ("Shift+Right",), "viewer"),
    Action("cut_before", "Cut before", "Play", "viewer.previous_cut", ("Up",), "viewer"),
    Action("cut_after", "Next cut", "Play", "viewer.next_cut", ("Down",), "viewer"),
    Action("to_start", "To the start", "Play", "viewer.go_to_start", ("Home",), "viewer"),
    Action("to_end", "To the end", "Play", "viewer.go_to_end", ("End",), "viewer"),
    Action("play_shot", "Show the shot", "Play", "window.show_shot_mode", ("Ctrl+1",), line_before=True),
    Action("play_scene", "Show the scene", "Play", "window.show_scene_mode", ("Ctrl+2",)),
    Action("play_cut", "Show the cut", "Play", "window.show_cut_mode", ("Ctrl+3",)),
)  # fmt: skip
