"""Every menu entry, shortcut and palette entry as data: id, text, keys, where it works, what it needs and calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

MENUS = ("Film", "Edit", "Shot", "Take", "Play", "View")

NEEDS = {
    "": "",
    "writable": "The film is open for looking only.",
    "shot": "Choose a shot on the board first.",
    "take": "Look at a take of the shot first.",
    "undo": "There is nothing to undo.",
    "redo": "There is nothing to redo.",
    "out_of_date": "The shot is not out of date.",
    "frames": "The cut has no shot yet.",
}
"""What an action may need, and the sentence that says why it cannot be done without."""


@dataclass(frozen=True)
class Action:
    id: str
    text: str
    menu: str
    calls: str
    """`target.method`: one of the objects the window hands to `build`."""
    keys: tuple[str, ...] = ()
    where: str = ""
    """The panel whose keyboard focus its keys need; empty: anywhere in the window outside text fields."""
    needs: tuple[str, ...] = ()
    line_before: bool = False


ACTIONS = (
    Action("export_movie", "Export movie…", "Film", "window.export_movie", ("Ctrl+Shift+M",), needs=("frames",)),
    Action("export_timeline", "Export timeline for editors…", "Film", "window.export_timeline", needs=("frames",)),
    Action("close", "Close window", "Film", "window.close", ("Ctrl+W", "Ctrl+Q"), line_before=True),
    Action("undo", "Undo", "Edit", "wishes.undo", ("Ctrl+Z",), needs=("writable", "undo")),
    Action("redo", "Redo", "Edit", "wishes.redo", ("Ctrl+Shift+Z",), needs=("writable", "redo")),
    Action("palette", "Find or run…", "Edit", "window.open_palette", ("Ctrl+Shift+P",), line_before=True),
    Action("new_shot", "New shot", "Shot", "window.new_shot", ("N",), needs=("writable",)),
    Action("new_scene", "New scene…", "Shot", "window.new_scene", ("Ctrl+Shift+N",), needs=("writable",)),
    Action("new_subject", "New subject…", "Shot", "window.new_subject", needs=("writable",)),
    Action("generate_panel", "Generate panel", "Shot", "drawing.generate_panel", ("Ctrl+Return", "Ctrl+Enter"),
           needs=("writable", "shot"), line_before=True),
    Action("generate_motion", "Generate motion", "Shot", "drawing.generate_motion",
           ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), needs=("writable", "shot")),
    Action("generate_missing", "Generate what is missing", "Shot", "drawing.generate_missing", ("Ctrl+G",),
           needs=("writable", "frames")),
    Action("duplicate_shot", "Duplicate shot", "Shot", "wishes.duplicate_shot", ("D",), needs=("writable", "shot"),
           line_before=True),
    Action("move_earlier", "Move earlier", "Shot", "wishes.move_earlier", ("Alt+Left",), needs=("writable", "shot")),
    Action("move_later", "Move later", "Shot", "wishes.move_later", ("Alt+Right",), needs=("writable", "shot")),
    Action("omit", "Omit or restore shot", "Shot", "wishes.omit_or_restore", ("Del",), needs=("writable", "shot")),
    Action("approve", "Approve shot or take it back", "Shot", "wishes.approve_or_take_back", ("A",),
           needs=("writable", "shot")),
    Action("keep_as_is", "Keep as is", "Shot", "wishes.keep_as_is", needs=("writable", "shot", "out_of_date")),
    Action("choose_take", "Choose take", "Take", "wishes.choose_current", needs=("writable", "take")),
    Action("star", "Star take", "Take", "wishes.star_current", ("S",), needs=("writable", "take")),
    Action("reject", "Reject take or take it back", "Take", "wishes.reject_current", ("X",),
           needs=("writable", "take")),
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
    Action("to_board", "Go to the board", "View", "window.focus_board", ("F5",)),
    Action("to_viewer", "Go to the viewer", "View", "window.focus_viewer", ("F6",)),
    Action("to_prompt", "Go to the prompt", "View", "window.focus_prompt", ("F7",)),
    Action("show_queue", "Show or fold the queue", "View", "window.toggle_queue", ("F8",)),
    Action("pause", "Pause the queue or go on", "View", "drawing.toggle_pause", needs=("writable",)),
    Action("full_screen", "Full screen", "View", "window.toggle_full_screen", ("F11",), line_before=True),
    Action("reset_layout", "Put every panel back in its place", "View", "window.reset_layout"),
)  # fmt: skip


def find(one: str) -> Action:
    return next(action for action in ACTIONS if action.id == one)


def resolve(action: Action, targets: Mapping[str, object]) -> Callable[[], object]:
    target, method = action.calls.split(".")
    call: Callable[[], object] = getattr(targets[target], method)
    return call


def build(targets: Mapping[str, object], panels: Mapping[str, QWidget], window: QWidget) -> dict[str, QAction]:
    """A QAction for each entry, living where its keys work."""
    built = {}
    for action in ACTIONS:
        made = QAction(action.text, window)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(keys) for keys in action.keys])
        if action.where:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(partial(_call, resolve(action, targets)))
        (panels[action.where] if action.where else window).addAction(made)
        built[action.id] = made
    return built


def _call(method: Callable[[], object], _checked: bool = False) -> None:
    method()


def fill(bar: QMenuBar, built: Mapping[str, QAction]) -> None:
    menus: dict[str, QMenu] = {name: bar.addMenu(name) for name in MENUS}
    for action in ACTIONS:
        if action.line_before:
            menus[action.menu].addSeparator()
        menus[action.menu].addAction(built[action.id])


def enable(built: Mapping[str, QAction], there: Mapping[str, bool]) -> None:
    """Switches each action by what it needs; the reason it is off becomes its tooltip."""
    for action in ACTIONS:
        missing = next((need for need in action.needs if not there[need]), "")
        built[action.id].setEnabled(not missing)
        built[action.id].setToolTip(NEEDS[missing] or action.text)
