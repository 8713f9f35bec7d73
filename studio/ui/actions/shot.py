"""Menu Shot: shots, scenes and what is generated for them."""

from __future__ import annotations

from studio.ui.actions.action import Action

ENTRIES = (
    Action("new_shot", "New shot", "Shot", "sheets.new_shot", ("N",), needs=("writable",)),
    Action("new_shot_before", "New shot before", "Shot", "shots.new_shot_before", ("Shift+N",),
           needs=("writable", "shot")),
    Action("new_scene", "New scene…", "Shot", "sheets.new_scene", ("Ctrl+Shift+N",), needs=("writable",)),
    Action("edit_in", "Edit panel in your drawing program", "Shot", "edit_in.open_current", ("Ctrl+Shift+I",),
           needs=("writable", "panel")),
    Action("generate_panel", "Generate panel", "Shot", "drawing.generate_panel", ("Ctrl+Return", "Ctrl+Enter"),
           needs=("writable", "shot"), line_before=True),
    Action("generate_motion", "Generate motion", "Shot", "drawing.generate_motion",
           ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), needs=("writable", "shot")),
    Action("generate_missing", "Generate what is missing", "Shot", "drawing.generate_missing", ("Ctrl+G",),
           needs=("writable", "frames")),
    Action("generate_scene_panels", "Draw the scene in panels", "Shot", "drawing.generate_scene_panels",
           ("Ctrl+Alt+G",), needs=("writable", "shot")),
    Action("generate_out_of_date", "Generate what is out of date", "Shot", "drawing.generate_out_of_date",
           needs=("writable", "frames")),
    Action("write_action", "Write the action on the card", "Shot", "board.edit_action", ("F2",), "board",
           needs=("writable", "shot"), line_before=True),
    Action("duplicate_shot", "Duplicate shot", "Shot", "shots.duplicate_shot", ("D",), needs=("writable", "shot")),
    Action("move_earlier", "Move earlier", "Shot", "shots.move_earlier", ("Alt+Left",), needs=("writable", "shot")),
    Action("move_later", "Move later", "Shot", "shots.move_later", ("Alt+Right",), needs=("writable", "shot")),
    Action("omit", "Omit or restore shot", "Shot", "shots.omit_or_restore", ("Del",), needs=("writable", "shot")),
    Action("approve", "Approve shot or take it back", "Shot", "shots.approve_or_take_back", ("A",),
           needs=("writable", "shot")),
    Action("paste", "Paste pictures or files", "Edit", "board_desk.paste", ("Ctrl+V",), "board", needs=("writable",),
           line_before=True),
    Action("larger_cards", "Larger cards", "View", "board.larger", ("Ctrl+=", "Ctrl++"), "board", line_before=True),
    Action("smaller_cards", "Smaller cards", "View", "board.smaller", ("Ctrl+-",), "board"),
    Action("fit_cards", "All cards at once", "View", "board.fit", ("Ctrl+0",), "board"),
    Action("usual_cards", "Cards in their usual size", "View", "board.usual_size", where="board"),
    Action("keep_as_is", "Keep as is", "Shot", "shots.keep_as_is", needs=("writable", "shot", "out_of_date")),
)  # fmt: skip
